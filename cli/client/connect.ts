import { type Api, createApi } from './api.ts';
import { dataFolder } from './installation.ts';
import { startOwnServer } from './own-server.ts';
import { answers, readServerFile, type ServerFile } from './server-file.ts';

export interface Connected {
  api: Api;
  close(): Promise<void>;
}

/** The server of this data folder, when one runs. */
export async function findRunningServer(env: NodeJS.ProcessEnv): Promise<ServerFile | undefined> {
  const file = readServerFile(dataFolder(env));
  return file && (await answers(file)) ? file : undefined;
}

/** The server that PLUMBLINE_SERVER names, else the running one of the data folder, else one for as long as the command takes. */
export async function connect(env: NodeJS.ProcessEnv): Promise<Connected> {
  if (env.PLUMBLINE_SERVER) {
    return {
      api: createApi({ address: env.PLUMBLINE_SERVER, token: env.PLUMBLINE_TOKEN }),
      close: async () => undefined,
    };
  }
  const running = await findRunningServer(env);
  if (running) return { api: createApi(running), close: async () => undefined };
  const own = await startOwnServer(env, dataFolder(env));
  return { api: createApi(own), close: own.close };
}
