// AWS Lambda.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt, textsAt, valuesAt } from '../cloud/paths.ts';
import { arn, digest, isForeignArn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { listed, matches, refers, statementsOf, unique, whenMade, within } from '../cloud/rules.ts';
import { isObject, type ObjectValue, UNKNOWN } from '../wire/value.ts';
import { REFERENCED_GROUP, refersToKey, SECURITY_GROUPS, SUBNETS, says } from './answers.ts';
import { uuid } from './sns.ts';

const MAX_ENVIRONMENT_BYTES = 4_096;
const CREATED = '2024-01-01T00:00:00.000+0000';
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_.*))$/;
const FUNCTIONS = [
  ['aws_lambda_function', 'function_name'],
  ['aws_lambda_function', 'arn'],
  ['aws_lambda_function', 'qualified_arn'],
] as const;
const functionMissing = says('ResourceNotFoundException', 'Function not found: {}');

async function functionValues(draft: Draft): Promise<ObjectValue> {
  const { object, realm, hash, text, cloud } = draft;
  const name = text('function_name');
  const own = arn(realm, 'lambda', `function:${name}`);
  const invoke = (target: string): string =>
    `arn:${realm.partition}:apigateway:${realm.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
  const version = object.publish === true ? '1' : '$LATEST';
  const subnet = await cloud.get('aws_subnet', text('vpc_config.subnet_ids'));
  const vpcConfig = valuesAt(object, 'vpc_config').filter(isObject);
  for (const config of vpcConfig) if (config.vpc_id === UNKNOWN) config.vpc_id = subnet?.vpc_id ?? '';
  const code = Buffer.from(hash('code'), 'hex').toString('base64');
  return {
    id: name,
    arn: own,
    invoke_arn: invoke(own),
    qualified_arn: `${own}:${version}`,
    qualified_invoke_arn: invoke(`${own}:${version}`),
    version,
    last_modified: CREATED,
    source_code_size: 1_024,
    code_sha256: code,
    source_code_hash: code,
    architectures: ['x86_64'],
    ephemeral_storage: [{ size: 512 }],
    logging_config: [
      { application_log_level: '', log_format: 'Text', log_group: `/aws/lambda/${name}`, system_log_level: '' },
    ],
    tracing_config: [{ mode: 'PassThrough' }],
  };
}

const invalid = (text: string, attribute: string): Refusal =>
  new Refusal('InvalidParameterValueException', text, attribute);

/** The role must exist, and its trust policy must let Lambda take it on. */
const roleTrustsLambda: Rule = async ({ object, prior, cloud }) => {
  const role = textAt(object, 'role');
  if (isForeignArn(cloud.realm, role) || prior?.role === role) return;
  const found = await cloud.find(role, ['aws_iam_role', 'arn']);
  const trusts = statementsOf(textAt(found ?? {}, 'assume_role_policy')).some(
    ({ Effect, Principal }) =>
      Effect === 'Allow' &&
      listed((Principal as { Service?: unknown } | undefined)?.Service).includes('lambda.amazonaws.com'),
  );
  if (!trusts) throw invalid('The role defined for the function cannot be assumed by Lambda.', 'role');
};

const codeIsGiven: Rule = ({ object }) => {
  const isImage = object.package_type === 'Image';
  if (isImage && textAt(object, 'image_uri') === '')
    throw invalid('Please provide ImageUri when using packageType Image', 'image_uri');
  if (isImage || (textAt(object, 'handler') && textAt(object, 'runtime'))) return;
  throw invalid(
    'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    'runtime',
  );
};

/** An image of this account must be in a repository that exists. */
const imageExists: Rule = async ({ object, cloud }) => {
  const image = textAt(object, 'image_uri');
  const registry = `${cloud.realm.account}.dkr.ecr.${cloud.realm.region}.amazonaws.com/`;
  if (!image.startsWith(registry)) return;
  const repository = image.slice(registry.length).replace(/[:@].*$/, '');
  if (await cloud.get('aws_ecr_repository', repository)) return;
  throw invalid(`Source image ${image} does not exist. Provide a valid source image.`, 'image_uri');
};

const environment: Rule = ({ object }) => {
  const variables = valuesAt(object, 'environment.variables').find(isObject) ?? {};
  const reserved = Object.keys(variables).filter((name) => RESERVED.test(name));
  const unable =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  if (reserved.length > 0) {
    throw invalid(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
      'environment',
    );
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > MAX_ENVIRONMENT_BYTES) {
    throw invalid(`${unable} exceeded the 4KB limit.`, 'environment');
  }
};

/** A message must stay hidden at least as long as the function may work on it. */
const visibility: Rule = async ({ object, cloud }) => {
  const queue = await cloud.find(textAt(object, 'event_source_arn'), ['aws_sqs_queue', 'arn']);
  const target = await cloud.find(textAt(object, 'function_name'), ...FUNCTIONS);
  const [hidden, timeout] = [Number(queue?.visibility_timeout_seconds), Number(target?.timeout)];
  if (!(hidden < timeout)) return;
  throw invalid(
    `Queue visibility timeout: ${hidden} seconds is less than Function timeout: ${timeout} seconds`,
    'event_source_arn',
  );
};

const sourceExists: Rule = refers(
  'event_source_arn',
  [
    ['aws_sqs_queue', 'arn'],
    ['aws_dynamodb_table', 'stream_arn'],
    ['aws_kinesis_stream', 'arn'],
    ['aws_msk_cluster', 'arn'],
    ['aws_mq_broker', 'arn'],
  ],
  says(
    'InvalidParameterValueException',
    'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist. ({})',
  ),
);

/** The function's role must be allowed to receive from the queue. AWS-managed policies are believed. */
const mayReceive: Rule = async ({ object, cloud }) => {
  const source = textAt(object, 'event_source_arn');
  const target = await cloud.find(textAt(object, 'function_name'), ...FUNCTIONS);
  const role = await cloud.find(textAt(target ?? {}, 'role'), ['aws_iam_role', 'arn']);
  if (!role || !source.includes(':sqs:') || isForeignArn(cloud.realm, source)) return;
  const name = textAt(role, 'name');
  const attached = (await cloud.where('aws_iam_role_policy_attachment', 'role', name)).map((item) =>
    textAt(item, 'policy_arn'),
  );
  if (attached.some((policy) => isForeignArn(cloud.realm, policy))) return;
  const managed = await Promise.all(attached.map((policy) => cloud.get('aws_iam_policy', policy)));
  const inline = await cloud.where('aws_iam_role_policy', 'role', name);
  const documents = [...managed, ...inline]
    .map((item) => textAt(item ?? {}, 'policy'))
    .concat(textsAt(role, 'inline_policy.policy'));
  if (documents.some((document) => allows(document, 'sqs:ReceiveMessage', source))) return;
  throw invalid('The function execution role does not have permissions to call ReceiveMessage on SQS', 'function_name');
};

function allows(document: string, action: string, resource: string): boolean {
  const covers = (patterns: unknown, value: string): boolean =>
    listed(patterns).some((pattern) => wildcard(pattern).test(value));
  return statementsOf(document).some(
    (statement) =>
      statement.Effect === 'Allow' && covers(statement.Action, action) && covers(statement.Resource, resource),
  );
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
}

async function mappingValues({ object, realm, text, hash, cloud }: Draft): Promise<ObjectValue> {
  const id = object.id === UNKNOWN ? uuid(hash()) : text('id');
  const target = await cloud.find(text('function_name'), ...FUNCTIONS);
  return {
    id,
    uuid: id,
    arn: arn(realm, 'lambda', `event-source-mapping:${id}`),
    function_arn: target?.arn ?? text('function_name'),
    last_modified: CREATED,
    last_processing_result: '',
    state: object.enabled === false ? 'Disabled' : 'Enabled',
    state_transition_reason: 'USER_INITIATED',
  };
}

export const lambda: ServiceModel = {
  aws_lambda_function: {
    values: functionValues,
    rules: [
      matches(
        'function_name',
        NAME,
        says(
          'ValidationException',
          "Value '{}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]{1,64}",
        ),
      ),
      within(
        'timeout',
        1,
        900,
        says(
          'InvalidParameterValueException',
          "Value '{}' at 'timeout' failed to satisfy constraint: Member must have value between 1 and 900",
        ),
      ),
      within(
        'memory_size',
        128,
        10_240,
        says(
          'InvalidParameterValueException',
          "'MemorySize' value failed to satisfy constraint: Member must have value between 128 and 10240. Got {}",
        ),
      ),
      codeIsGiven,
      roleTrustsLambda,
      imageExists,
      environment,
      refers(
        's3_bucket',
        [['aws_s3_bucket', 'bucket']],
        says(
          'InvalidParameterValueException',
          'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist ({})',
        ),
      ),
      refers(
        'vpc_config.subnet_ids',
        SUBNETS,
        says(
          'InvalidParameterValueException',
          'Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID {} does not exist',
        ),
      ),
      refers('vpc_config.security_group_ids', SECURITY_GROUPS, REFERENCED_GROUP),
      refersToKey('kms_key_arn', says('KMSNotFoundException', "Key '{}' does not exist")),
      refers(
        'dead_letter_config.target_arn',
        [
          ['aws_sqs_queue', 'arn'],
          ['aws_sns_topic', 'arn'],
        ],
        says('InvalidParameterValueException', 'The provided dead letter target {} does not exist'),
      ),
    ],
    taken: (object) => `ResourceConflictException: Function already exist: ${String(object.function_name)}`,
    refine: ({ prior, planned, changes }) => {
      const names = [
        'handler',
        'runtime',
        'role',
        'timeout',
        'memory_size',
        'environment',
        'image_uri',
        's3_key',
        's3_object_version',
        'source_code_hash',
        'filename',
        'kms_key_arn',
        'description',
        'layers',
        'architectures',
      ];
      const codeChanges = [
        'filename',
        'image_uri',
        's3_bucket',
        's3_key',
        's3_object_version',
        'source_code_hash',
      ].some(changes);
      const environmentChanges =
        prior !== null && JSON.stringify(prior.environment) !== JSON.stringify(planned.environment);
      if (!prior || !(names.some(changes) || environmentChanges)) return;
      planned.last_modified = UNKNOWN;
      if (!(planned.publish === true && codeChanges)) return;
      for (const name of ['version', 'qualified_arn', 'qualified_invoke_arn']) planned[name] = UNKNOWN;
    },
  },
  aws_lambda_event_source_mapping: {
    values: mappingValues,
    rules: [
      refers('function_name', FUNCTIONS, functionMissing),
      sourceExists,
      whenMade(mayReceive),
      visibility,
      unique(['event_source_arn', 'function_name'], {
        code: 'ResourceConflictException',
        text: (source, object) =>
          `An event source mapping with event source arn (" ${source} ") and function (" ${textAt(object, 'function_name')} ") already exists. Please update or delete the existing mapping.`,
      }),
    ],
  },
  aws_lambda_permission: {
    values: ({ object, hash, text }) => {
      const id =
        object.statement_id === UNKNOWN || textAt(object, 'statement_id') === ''
          ? `terraform-${digest(hash()).slice(0, 26)}`
          : text('statement_id');
      return { id, statement_id: id };
    },
    partOf: { path: 'function_name', type: 'aws_lambda_function', by: 'function_name' },
    rules: [
      refers('function_name', FUNCTIONS, functionMissing),
      unique(
        ['statement_id', 'function_name'],
        says(
          'ResourceConflictException',
          'The statement id ({}) provided already exists. Please provide a new statement id, or remove the existing statement.',
        ),
      ),
    ],
  },
};
