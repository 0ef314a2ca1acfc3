// Every permission that a contract or a module can hand out is explained to the people who tick it.
import { expect, test } from 'vitest';
import { actionWords } from '../../schemas/rules/action-words.ts';
import { publishedContracts, publishedModules } from './published.ts';

const granted = publishedContracts().flatMap(({ document }) =>
  Object.values(document.grants).flatMap(({ statements }) => statements.flatMap(({ actions }) => actions)),
);
const letIn = publishedModules().flatMap(({ document }) =>
  Object.values(document.inputs).flatMap(({ resourcePolicy }) => resourcePolicy?.actions ?? []),
);

test('no action of a published contract or module is without words', () => {
  expect(granted).toContain('sqs:ReceiveMessage');
  expect(letIn).toContain('sqs:SendMessage');
  expect([...granted, ...letIn].filter((action) => !actionWords(action))).toEqual([]);
});
