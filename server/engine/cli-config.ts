// Our own Terraform CLI configuration, so that nothing of the user's leaks in.
export interface CliConfigOptions {
  dataDir: string;
  /** Folder of a filesystem mirror of providers (PLUMBLINE_PROVIDER_MIRROR). */
  providerMirror?: string;
}

/** Writes `<data>/engine/engine.tfrc` and the plugin cache folder; answers with the file's path. */
export async function writeCliConfig(_options: CliConfigOptions): Promise<string> {
  throw new Error('not yet');
}
