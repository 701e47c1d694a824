/** Where an annotation points. Lines and columns count from 1; `file` is relative to the repository's root. */
export type AnnotationPlace = {
  title?: string;
  file?: string;
  startLine?: number;
  endLine?: number;
  startColumn?: number;
};

/** The part of `@actions/core` that is used here. A port, so that tests need no runner. */
export interface Core {
  debug(message: string): void;
  info(message: string): void;
  notice(message: string, place?: AnnotationPlace): void;
  warning(message: string, place?: AnnotationPlace): void;
  error(message: string, place?: AnnotationPlace): void;
  startGroup(name: string): void;
  endGroup(): void;
  setOutput(name: string, value: string): void;
  setSecret(secret: string): void;
}

/** `core.summary` of `@actions/core`. `write` rejects when the runner gave no file for it. */
export interface StepSummary {
  addRaw(text: string): StepSummary;
  write(options: { overwrite: boolean }): Promise<unknown>;
}
