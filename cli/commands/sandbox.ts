import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SandboxFault, SandboxFaultCreate, SandboxObject } from '../../schemas/generated/types.ts';
import type { Api } from '../client/api.ts';
import { addCommand, type Context, parseRef, print, printList, refPath, withServer } from '../context.ts';
import { Failure } from '../failure.ts';
import { printPairs } from '../output/table.ts';
import { moment } from '../output/time.ts';

interface FaultOptions extends Partial<SandboxFaultCreate> {
  off?: string | true;
}

const objectPath = (ref: string, type: string, id: string) =>
  `${refPath(parseRef(ref))}/sandbox/object?${new URLSearchParams({ type, id })}`;

const faultColumns = {
  FAULT: ({ id }: SandboxFault) => id,
  KIND: ({ kind }: SandboxFault) => kind,
  TYPE: ({ type }: SandboxFault) => type,
  OPERATION: ({ operation }: SandboxFault) => operation,
  CALL: ({ nth }: SandboxFault) => (nth === undefined ? 'every' : `number ${nth}`),
  NODE: ({ node }: SandboxFault) => node ?? '',
};

function readNth(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give the number of the call that fails, from 1.');
  return Number(text);
}

async function switchOff(context: Context, api: Api, where: string, which: string | true): Promise<void> {
  const faults = await api.get<SandboxFault[]>(where);
  const ended = faults.filter(({ id }) => which === true || id === which);
  if (which !== true && ended.length === 0)
    throw new Failure(1, `There is no fault '${which}'.`, 'List them with `plumbline sandbox fault <project>/<env>`.');
  for (const { id } of ended) await api.send('DELETE', `${where}/${encodeURIComponent(id)}`);
  print(context, { off: ended.map(({ id }) => id) }, () =>
    context.terminal.out(`Switched off ${ended.length} fault${ended.length === 1 ? '' : 's'}.`),
  );
}

async function fault(context: Context, ref: string, options: FaultOptions): Promise<void> {
  const where = `${refPath(parseRef(ref))}/sandbox/faults`;
  const { off, kind, ...rest } = options;
  if (!kind && Object.keys(rest).some((name) => name !== 'json')) {
    throw new Failure(1, 'A fault needs its kind.', 'Add --kind denied, throttled, quota or timeout.');
  }
  await withServer(context, async (api) => {
    if (off !== undefined) return switchOff(context, api, where, off);
    if (!kind)
      return printList(context, await api.get<SandboxFault[]>(where), faultColumns, 'No faults are switched on.');
    const { type, operation, nth, node } = rest;
    const body: SandboxFaultCreate = { kind, type, operation, nth, node };
    const created = await api.send<SandboxFault>('POST', where, body);
    print(context, created, () =>
      context.terminal.out(
        `Switched on fault ${created.id}. Off again: plumbline sandbox fault ${ref} --off ${created.id}`,
      ),
    );
  });
}

function printObject(context: Context, object: SandboxObject): void {
  const { attributes, ...head } = object;
  printPairs(context.terminal, {
    type: head.type,
    id: head.id,
    node: head.owner,
    created: moment(head.createdAt),
    updated: moment(head.updatedAt),
  });
  context.terminal.out(JSON.stringify(attributes ?? {}, null, 2));
}

export function addSandboxCommands(program: Command, context: Context): void {
  const sandbox = program.command('sandbox').description('the embedded cloud of a sandbox environment');
  addCommand(sandbox, 'list <project/env>', 'list the objects of the embedded cloud').action((ref: string) =>
    withServer(context, async (api) =>
      printList(
        context,
        await api.get<SandboxObject[]>(`${refPath(parseRef(ref))}/sandbox/objects`),
        {
          TYPE: ({ type }) => type,
          ID: ({ id }) => id,
          NODE: ({ owner }) => owner,
          CREATED: ({ createdAt }) => moment(createdAt),
        },
        'The embedded cloud is empty.',
      ),
    ),
  );
  addCommand(sandbox, 'show <project/env> <type> <id>', 'show an object').action(
    (ref: string, type: string, id: string) =>
      withServer(context, async (api) => {
        const object = await api.get<SandboxObject>(objectPath(ref, type, id));
        print(context, object, () => printObject(context, object));
      }),
  );
  addCommand(sandbox, 'delete <project/env> <type> <id>', "delete an object behind Terraform's back").action(
    (ref: string, type: string, id: string) =>
      withServer(context, async (api) => {
        await api.send('DELETE', objectPath(ref, type, id));
        print(context, { deleted: { type, id } }, () =>
          context.terminal.out(`Deleted ${type} ${id}. Heal it with: plumbline apply ${ref} --refresh`),
        );
      }),
  );
  addCommand(sandbox, 'fault <project/env>', 'list the faults, switch one on (--kind) or off (--off)')
    .addOption(new Option('--kind <kind>', 'how calls fail').choices(['denied', 'throttled', 'quota', 'timeout']))
    .option('--type <type>', 'only for this resource type, such as aws_sqs_queue')
    .addOption(
      new Option('--operation <operation>', 'only for this operation').choices([
        'create',
        'read',
        'update',
        'delete',
        '*',
      ]),
    )
    .option('--nth <number>', 'only the n-th such call', readNth)
    .option('--node <node>', 'only for this node')
    .option('--off [fault]', 'switch a fault off; without an id, all of them')
    .action((ref: string, options: FaultOptions) => fault(context, ref, options));
}
