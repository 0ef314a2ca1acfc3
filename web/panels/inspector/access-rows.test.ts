import { describe, expect, it } from 'vitest';
import type { Reach, ReachPath } from '../../../schemas/rules/reach.ts';
import { fillReferences, howWords, matches, pathRows, toCsv, toRows } from './access-rows.ts';

const reach = (
  connection: string,
  actor: string,
  grant: string,
  actions: string[],
  rest: Partial<Reach> = {},
): Reach => ({
  ...{ connection, actor, target: 'orders', identity: 'workload', grant, actions, resources: ['{orders.arn}'] },
  ...rest,
});
const nameOf = (id: string) => id;

describe('access as rows', () => {
  it('says each line once, with every grant and action that it carries', () => {
    const [row, ...others] = toRows([
      reach('take', 'app', 'receive', ['a', 'b']),
      reach('take', 'app', 'delete', ['b', 'c']),
    ]);
    expect(row).toMatchObject({ actor: 'app', grants: ['receive', 'delete'], actions: ['a', 'b', 'c'] });
    expect(others).toEqual([]);
  });

  it('keeps apart what another identity does, and what only comes through a service', () => {
    const publish = reach('say', 'api', 'publish', ['sns:Publish'], { target: 'news' });
    const feed = reach('feed', 'news', 'subscribe', ['sqs:SendMessage'], { identity: 'resource', service: 'sns' });
    const paths: ReachPath[] = [
      { actor: 'api', steps: [publish, feed] },
      { actor: 'news', steps: [feed] },
      { actor: 'app', steps: [reach('take', 'app', 'admin', ['get'], { identity: 'injector' })] },
    ];
    const rows = pathRows(paths);
    expect(rows.map((row) => [row.actor, howWords(row, nameOf)])).toEqual([
      ['news', 'as sns'],
      ['app', 'the role that injects its secrets'],
      ['api', 'through news'],
    ]);
  });

  it('shows published values in place of references', () => {
    const artifact = {
      node: 'db',
      port: 'postgres',
      contract: 'c@1.0.0',
      value: { port: 5432 },
      run: 'r',
      publishedAt: '',
    };
    expect(fillReferences('tcp {db.port}, tcp {other.port}', { 'db/postgres': artifact })).toBe(
      'tcp 5432, tcp {other.port}',
    );
  });

  it('are found by any of their words', () => {
    const [row] = toRows([reach('take', 'app', 'receive', ['sqs:ReceiveMessage'])]);
    if (!row) throw new Error('no row');
    expect(matches(row, 'APP receivemessage', nameOf)).toBe(true);
    expect(matches(row, 'app purge', nameOf)).toBe(false);
  });

  it('leave as a table that a spreadsheet reads and does not run', () => {
    const rows = toRows([reach('take', '=cmd', 'receive', ['a'], { resources: ['tcp, "5432"'] })]);
    expect(toCsv(rows, nameOf)).toBe(
      'who,on,grants,actions,resources,by,line\r\n\'=cmd,orders,receive,a,"tcp, ""5432""",its own role,take\r\n',
    );
  });
});
