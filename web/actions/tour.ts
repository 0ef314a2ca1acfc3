import type { Action } from './action.ts';

export const startTour: Action = {
  id: 'tour',
  label: 'Show the tour',
  group: 'Page',
  words: 'help first steps learn introduction',
  isEnabled: () => true,
  perform: ({ session }) => session.setState({ tourStep: 0 }),
};
