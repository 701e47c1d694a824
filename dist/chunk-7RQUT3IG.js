import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));

// src/domain/errors.ts
var EXIT = { fine: 0, regressed: 1, usage: 2, failed: 3, cancelled: 130 };
var UsageError = class extends Error {
  name = "UsageError";
};
var ConfigError = class extends UsageError {
  name = "ConfigError";
  problems;
  constructor(problems) {
    super(problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`).join("\n"));
    this.problems = problems;
  }
};
var DocumentError = class extends UsageError {
  name = "DocumentError";
  reason;
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
};
var CancelledError = class extends Error {
  name = "CancelledError";
};
var TargetError = class extends Error {
  name = "TargetError";
  failure;
  constructor(failure) {
    super(failure.detail);
    this.failure = failure;
  }
};

// src/domain/result.ts
var RESULT_SCHEMA = "perf-baseline/result";
var RESULT_VERSION = 1;
var GENERATOR_LIMIT = 0.85;

export {
  EXIT,
  UsageError,
  ConfigError,
  DocumentError,
  CancelledError,
  TargetError,
  RESULT_SCHEMA,
  RESULT_VERSION,
  GENERATOR_LIMIT
};
