import { createStore } from 'zustand/vanilla';

interface TokenQuestion {
  /** Set while somebody waits for the access token. */
  answer?: (token: string) => void;
  /** The last one was refused. */
  wasRefused: boolean;
}

export const tokenQuestion = createStore<TokenQuestion>()(() => ({ wasRefused: false }));
let asked = 0;

/** Opens the token dialog and waits for it; asked again only when the server refused the last answer. */
export function askToken(): Promise<string> {
  asked += 1;
  return new Promise((resolve) => {
    tokenQuestion.setState({
      wasRefused: asked > 1,
      answer: (token) => {
        tokenQuestion.setState({ answer: undefined });
        resolve(token);
      },
    });
  });
}
