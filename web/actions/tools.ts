import type { Tool } from '../stores/session.ts';
import type { Action } from './action.ts';

function toolAction(tool: Tool, label: string, shortcut: string, words: string): Action {
  return {
    id: `tool-${tool}`,
    label,
    group: 'Tools',
    shortcut,
    words,
    isEnabled: () => true,
    perform: ({ session }) => session.setState({ tool }),
  };
}

export const TOOL_ACTIONS = {
  select: toolAction('select', 'Select', 'v', 'tool pointer arrow rectangle'),
  lasso: toolAction('lasso', 'Lasso', 'l', 'tool select freehand'),
  pan: toolAction('pan', 'Pan', 'h', 'tool hand move the view space'),
} satisfies Record<Tool, Action>;

export const leaveTool: Action = {
  id: 'leave-tool',
  label: 'Put the tool away',
  group: 'Tools',
  shortcut: 'escape',
  isKeyOnly: true,
  isEnabled: ({ session }) => session.getState().tool !== 'select',
  perform: ({ session }) => session.setState({ tool: 'select' }),
};
