import { type Command, InvalidArgumentError, Option } from 'commander';
import type {
  CloudIdentity,
  EnvironmentCreate,
  EnvironmentDocument,
  EnvironmentSummary,
  Project,
} from '../../schemas/generated/types.ts';
import { ENGINE_NAME } from '../../schemas/rules/engines.ts';
import { type Api, path } from '../client/api.ts';
import { addCommand, type Context, parseRef, print, printList, refPath, withServer } from '../context.ts';
import { printPairs } from '../output/table.ts';
import { moment } from '../output/time.ts';
import { addEngineCommand, engineKind } from './engine.ts';
import { addPermissionsCommand } from './permissions.ts';

type TargetKind = EnvironmentCreate['target']['kind'];
interface CreateOptions {
  class: EnvironmentCreate['class'];
  target: TargetKind;
  region?: string;
  account?: string;
  endpoint?: string;
  profile?: string;
  roleArn?: string;
  externalId?: string;
  sessionName?: string;
  sessionTag?: Record<string, string>;
  engine?: EnvironmentCreate['engine'];
  tag?: Record<string, string>;
  protection?: boolean;
  approval?: EnvironmentCreate['approval'];
}

const refOf = (document: EnvironmentDocument) => `${document.project}/${document.name}`;
const targetWords = ({ target }: EnvironmentDocument) =>
  [target.kind, target.kind === 'sandbox' ? '' : target.account, target.region, target.endpoint]
    .filter(Boolean)
    .join(' ');

function addTag(text: string, tags: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write a tag as <name>=<value>.');
  return { ...tags, [text.slice(0, at)]: text.slice(at + 1) };
}

function bodyOf(name: string, options: CreateOptions): EnvironmentCreate {
  const {
    class: environmentClass,
    target,
    region,
    account,
    endpoint,
    profile,
    roleArn,
    externalId,
    sessionName,
    sessionTag: sessionTags,
    engine,
    tag,
    protection,
    approval,
  } = options;
  return {
    name,
    class: environmentClass,
    target: { kind: target, region, account, endpoint, profile, roleArn, externalId, sessionName, sessionTags },
    engine,
    tags: tag,
    protection,
    approval,
  };
}

function printEnvironment(context: Context, summary: EnvironmentSummary): void {
  const { document, lastRun } = summary;
  printPairs(context.terminal, {
    environment: refOf(document),
    class: document.class,
    target: targetWords(document),
    engine: ENGINE_NAME[document.engine],
    protection: document.protection ? 'nodes that hold data are protected' : 'off',
    approval:
      document.approval === 'self' ? 'whoever runs may approve at once' : 'every change set is approved by hand',
    tags: Object.entries(document.tags)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
    revision: summary.revision,
    nodes: summary.nodes,
    'last run': lastRun && `${lastRun.kind} #${lastRun.number} ${lastRun.status} (${lastRun.id})`,
    created: moment(summary.createdAt),
  });
}

function addProjectCommands(program: Command, context: Context): void {
  const project = program.command('project').description('projects: families of environments');
  addCommand(project, 'create <name>', 'create a project').action((name: string) =>
    withServer(context, async (api) => {
      const created = await api.send<Project>('POST', 'projects', { name });
      print(context, created, () =>
        context.terminal.out(
          `Created project ${name}. Next: plumbline env create ${name}/development --class development --target sandbox`,
        ),
      );
    }),
  );
  addCommand(project, 'list', 'list the projects').action(() =>
    withServer(context, async (api) => {
      const projects = await api.get<Project[]>('projects');
      const environments = ({ environments: all }: Project) => all.map(({ document }) => document.name).join(', ');
      printList(
        context,
        projects,
        { PROJECT: ({ name }) => name, ENVIRONMENTS: environments, CREATED: ({ createdAt }) => moment(createdAt) },
        'There are no projects.',
      );
    }),
  );
  addCommand(project, 'delete <name>', 'delete a project that has no environments').action((name: string) =>
    withServer(context, async (api) => {
      await api.send('DELETE', path`projects/${name}`);
      print(context, { deleted: name }, () => context.terminal.out(`Deleted project ${name}.`));
    }),
  );
}

async function listEnvironments(api: Api, project: string | undefined): Promise<EnvironmentSummary[]> {
  const projects = await api.get<Project[]>('projects');
  return projects
    .filter(({ name }) => project === undefined || name === project)
    .flatMap(({ environments }) => environments);
}

function addCreate(env: Command, context: Context): void {
  addCommand(env, 'create <project/env>', 'create an environment')
    .addOption(
      new Option('--class <class>', 'what it is for')
        .choices(['development', 'staging', 'production', 'preview'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--target <kind>', 'where it lives').choices(['sandbox', 'aws', 'aws-endpoint']).makeOptionMandatory(),
    )
    .option('--region <region>', 'AWS region, such as eu-central-1')
    .option('--account <id>', 'AWS account that is expected (12 digits); without it, the one that answers')
    .option('--endpoint <url>', 'address of the AWS-compatible endpoint')
    .option('--profile <name>', 'profile of the AWS credentials')
    .option('--role-arn <arn>', 'role to assume')
    .option('--external-id <id>', "external id that the role's trust policy asks for")
    .option('--session-name <name>', "name of the role's session")
    .option('--session-tag <name=value>', "a tag of the role's session (may be repeated)", addTag)
    .option('--engine <engine>', 'terraform or opentofu; default: the one that is found first', engineKind)
    .option('--tag <name=value>', 'a tag on every resource (may be repeated)', addTag)
    .option('--protection', 'protect nodes that hold data')
    .option('--no-protection', 'do not protect nodes that hold data')
    .addOption(
      new Option('--approval <rule>', 'self: --approve may be passed; ask: always asked').choices(['self', 'ask']),
    )
    .action((text: string, _options: unknown, command: Command) => {
      const ref = parseRef(text);
      // `--no-protection` makes commander default the pair to true: only what was written counts.
      const written = command.getOptionValueSource('protection') === 'cli';
      const options = command.opts<CreateOptions>();
      const body = bodyOf(ref.environment, written ? options : { ...options, protection: undefined });
      return withServer(context, async (api) => {
        const created = await api.send<EnvironmentSummary>('POST', path`projects/${ref.project}/environments`, body);
        print(context, created, () =>
          context.terminal.out(`Created environment ${text}. Next: plumbline push ${text} <graph.json>`),
        );
      });
    });
}

export function addEnvironmentCommands(program: Command, context: Context): void {
  addProjectCommands(program, context);
  const env = program
    .command('env')
    .description('environments: living copies of a graph, each with its own cloud target');
  addCreate(env, context);
  addCommand(env, 'list [project]', 'list the environments').action((project: string | undefined) =>
    withServer(context, async (api) =>
      printList(
        context,
        await listEnvironments(api, project),
        {
          ENVIRONMENT: ({ document }) => refOf(document),
          CLASS: ({ document }) => document.class,
          TARGET: ({ document }) => targetWords(document),
          REVISION: ({ revision }) => String(revision),
          NODES: ({ nodes }) => String(nodes),
          'LAST RUN': ({ lastRun }) => (lastRun ? `${lastRun.kind} ${lastRun.status}` : ''),
        },
        'There are no environments.',
      ),
    ),
  );
  addCommand(env, 'show <project/env>', 'show an environment').action((text: string) =>
    withServer(context, async (api) => {
      const summary = await api.get<EnvironmentSummary>(refPath(parseRef(text)));
      print(context, summary, () => printEnvironment(context, summary));
    }),
  );
  addCommand(env, 'identity <project/env>', 'who the cloud says that we are in an environment').action((text: string) =>
    withServer(context, async (api) => {
      const identity = await api.get<CloudIdentity>(`${refPath(parseRef(text))}/identity`);
      print(context, identity, () => printPairs(context.terminal, { ...identity }));
    }),
  );
  addEngineCommand(env, context);
  addPermissionsCommand(env, context);
  addCommand(env, 'delete <project/env>', 'delete an environment in which nothing is deployed').action((text: string) =>
    withServer(context, async (api) => {
      await api.send('DELETE', refPath(parseRef(text)));
      print(context, { deleted: text }, () => context.terminal.out(`Deleted environment ${text}.`));
    }),
  );
}
