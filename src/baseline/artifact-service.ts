/** An artifact as GitHub lists it. `digest` is `sha256:<hex>` of its zip, null where GitHub does not tell. */
export type ListedArtifact = {
  id: number;
  name: string;
  bytes: number;
  expired: boolean;
  digest: string | null;
  /** ISO 8601; absent where the service does not tell. */
  createdAt?: string;
};

export type Uploaded = { id: number; digest: string | null };

/**
 * Artifacts of one workflow, as the artifact store needs them. Every method rejects with a TransientStoreError
 * when trying again may help, and with a StoreError that says what to change otherwise.
 */
export interface ArtifactService {
  /** `OWNER/NAME`. */
  readonly repository: string;
  /**
   * Ids of this workflow's newest runs for pushes to the default branch of this very repository (a fork's branch
   * of the same name is not it), newest first, whatever their conclusion.
   */
  pushRuns(limit: number): Promise<number[]>;
  artifactsOf(run: number): Promise<ListedArtifact[]>;
  /** One artifact by its id, or null when it is not there. */
  find(id: number): Promise<ListedArtifact | null>;
  /** The zip, checked against the digest; `gone` when it has expired or was deleted. */
  download(artifact: ListedArtifact, maxBytes: number): Promise<Uint8Array | 'gone'>;
  /** Uploads files as one artifact of the current run; `name-taken` when the run has one of that name. */
  upload(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<Uploaded | 'name-taken'>;
}
