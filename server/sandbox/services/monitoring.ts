// Amazon CloudWatch, CloudWatch Logs and Amazon EventBridge.
import type { Rule, ServiceModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { matches, within } from '../cloud/rules.ts';
import { constraint, refersToKey, says } from './answers.ts';

const RETENTIONS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retention: Rule = ({ object }) => {
  if (object.retention_in_days === null || RETENTIONS.includes(Number(object.retention_in_days))) return;
  const text = `1 validation error detected: Value '${String(object.retention_in_days)}' at 'retentionInDays' failed to satisfy constraint: Member must be one of ${RETENTIONS.slice(1).join(', ')}`;
  throw new Refusal('InvalidParameterException', text, 'retention_in_days');
};

const busExists: Rule = async ({ object, cloud }) => {
  const bus = textAt(object, 'event_bus_name');
  if (bus === '' || bus === 'default' || bus.startsWith('aws.') || bus.startsWith('arn:')) return;
  if (await cloud.find(bus, ['aws_cloudwatch_event_bus', 'name'])) return;
  throw new Refusal('ResourceNotFoundException', `Event bus ${bus} does not exist.`, 'event_bus_name');
};

const eventPattern: Rule = ({ object }) => {
  const pattern = textAt(object, 'event_pattern');
  try {
    if (pattern) JSON.parse(pattern);
  } catch {
    throw new Refusal(
      'InvalidEventPatternException',
      'Event pattern is not valid. Reason: it is not JSON',
      'event_pattern',
    );
  }
  if (pattern || textAt(object, 'schedule_expression')) return;
  throw new Refusal('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
};

/** `rate(1 minute)` but `rate(5 minutes)`; cron has six fields. */
const SCHEDULE = /^(rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)|cron\((\S+ ){5}\S+\))$/;

export const monitoring: ServiceModel = {
  aws_cloudwatch_log_group: {
    values: ({ object, realm }) => {
      const name = String(object.name);
      return { id: name, arn: arn(realm, 'logs', `log-group:${name}`), log_group_class: 'STANDARD' };
    },
    rules: [
      matches(
        'name',
        /^[.\-_/#A-Za-z0-9]{1,512}$/,
        constraint(
          'InvalidParameterException',
          'logGroupName',
          'satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
        ),
      ),
      retention,
      refersToKey(
        'kms_key_id',
        says(
          'InvalidParameterException',
          'The specified KMS key does not exist or is not allowed to be used with the log group ({})',
        ),
      ),
    ],
    taken: (object) =>
      `ResourceAlreadyExistsException: The specified log group already exists (${String(object.name)})`,
  },
  aws_cloudwatch_event_rule: {
    values: ({ object, realm, text }) => {
      const bus = text('event_bus_name');
      const name = String(object.name);
      const path = bus === 'default' || bus === '' ? name : `${bus}/${name}`;
      return { id: path, arn: arn(realm, 'events', `rule/${path}`) };
    },
    rules: [
      matches(
        'name',
        /^[.\-_A-Za-z0-9]{1,64}$/,
        constraint(
          'ValidationException',
          'name',
          'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+ and have 1 to 64 characters',
        ),
      ),
      matches(
        'schedule_expression',
        SCHEDULE,
        says('ValidationException', 'Parameter ScheduleExpression is not valid. Got {}'),
      ),
      busExists,
      eventPattern,
    ],
    taken: (object) => `ResourceAlreadyExistsException: The rule ${String(object.name)} exists already`,
  },
  aws_cloudwatch_metric_alarm: {
    values: ({ realm, text }) => ({
      id: text('alarm_name'),
      arn: arn(realm, 'cloudwatch', `alarm:${text('alarm_name')}`),
    }),
    rules: [
      matches('alarm_name', /^[^]{1,255}$/, constraint('ValidationError', 'alarmName', 'have 1 to 255 characters')),
      within('evaluation_periods', 1, 100_000, says('ValidationError', 'EvaluationPeriods must be at least 1. Got {}')),
    ],
    taken: (object) => `ResourceAlreadyExists: The alarm ${String(object.alarm_name)} exists already`,
  },
};
