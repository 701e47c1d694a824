/** What must not be put under load by itself: it ends a session or the service, or removes what is there. */
const RISKY =
  /(?:^|[/_.-])(?:log-?out|log-?off|sign-?out|sign-?off|shut-?down|delete|remove|reset|restart|reboot|destroy|drop|purge|wipe|kill|quit|exit|terminate|revoke|unsubscribe|deactivate|cancel)(?=$|[/_.-])/i;
const INTERNAL = /(?:^|\/)_?(?:internal|debug|admin)(?=\/|$)/i;

/** Names of what asks who is calling. */
export const GUARD =
  /auth(?!or)|guard|protect|jwt|passport|require[A-Z]|ensure[A-Z]|verif|login|logged|permission|\brole|\bbearer|apiKey|api_key|\bacl\b|currentUser|current_user|[^\w]40[13]\b/i;
/** Middleware that lets every request through. */
const HARMLESS =
  /^(?:await\s+)?(?:\w+\.)?(?:cors|cache\w*|compress\w*|helmet|log\w*|morgan|etag|timing|json|urlencoded)\b/i;
const STREAM =
  /text\/event-stream|\bstreamSSE\(|\bEventSourceResponse\b|\.sse\(|\bSse\(|\bcreateEventStream\(/;
/** What must not be requested again and again, or never ends. */
export const UNFIT = /text\/event-stream|\bprocess\.(?:exit|kill|abort)\(|\b(?:server|app)\.close\(/;
const ENDS = /\bprocess\.(?:exit|kill|abort)\(|\b(?:server|app)\.close\(/;
const ASKS_WHO =
  /\b(?:status|sendStatus|writeHead|code|json|throw|abort|HTTPException|statusCode)\b[^;\n]{0,80}\b40[13]\b/;
const QUERY = /\bquery\b|\bsearchParams\b|\bparams\.get\(/;
const REFUSES = /\b4(?:00|22)\b/;

export const NEEDS_KEY = 'it may ask who is calling';
const NEVER_ENDS = 'it streams without end';
const NEEDS_QUERY = 'it may need a value in its query';

/** Why a path is not put under load by itself; undefined where it may be. */
export function riskOf(route: string): string | undefined {
  if (RISKY.test(route)) return 'its name says that it may end or remove something';
  return INTERNAL.test(route) &&
    !/\/(?:health\w*|health-check|livez|liveness|readyz?|readiness)\/?$/.test(route)
    ? 'its name says that it is not for everybody'
    : undefined;
}

/** Why a handler is not called by itself, by what its code says. */
export function needOf(code: string): string | undefined {
  if (STREAM.test(code)) return NEVER_ENDS;
  if (ENDS.test(code)) return 'it ends the service';
  if (ASKS_WHO.test(code)) return NEEDS_KEY;
  return QUERY.test(code) && REFUSES.test(code) ? NEEDS_QUERY : undefined;
}

/** Why a route with something before its handler is not called by itself: most that stands there asks who is calling. */
export function needBefore(code: string): string | undefined {
  // Options of Fastify; a schema alone asks for nothing but the query.
  if (code.startsWith('{')) {
    if (/\b(?:preHandler|onRequest|preValidation|preParsing|config)\b/.test(code)) return NEEDS_KEY;
    return /\bquerystring\b|\bquery\b|\bheaders\b/.test(code) && /\brequired\b/.test(code)
      ? NEEDS_QUERY
      : undefined;
  }
  if (HARMLESS.test(code)) return undefined;
  return GUARD.test(code) ? NEEDS_KEY : `something stands before its handler that may turn requests away`;
}
