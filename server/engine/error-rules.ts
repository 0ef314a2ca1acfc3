// The table of things that an engine or a cloud says, and what they mean for people.
export interface ErrorRule {
  code: string;
  /** Over summary and detail of a diagnostic, or standard error, in one line. */
  pattern: RegExp;
  /** What was answered; stands after what was asked. */
  answered: string;
  hint: string;
  retry: boolean;
}

/** The first that matches wins: from our own parts (state, plan, machine) to the cloud's, from exact words to loose ones. */
export const ERROR_RULES: readonly ErrorRule[] = [
  {
    code: 'no-space',
    pattern: /no space left on device|disk quota exceeded|ENOSPC/i,
    answered: 'the disk is full',
    hint: 'Free some space on the disk that holds the data folder, then resume the run.',
    retry: true,
  },
  {
    code: 'stale-plan',
    pattern: /saved plan is stale|plan file can no longer be applied/i,
    answered: 'the state has changed since the plan was made',
    hint: 'Plan again; the new plan is compared with what was approved.',
    retry: true,
  },
  {
    code: 'state-locked',
    pattern: /state already locked/i,
    answered: 'another run holds the lock of this state',
    hint: 'Wait for the other run of this environment to end, or cancel it, then resume.',
    retry: true,
  },
  {
    code: 'state-backend',
    pattern:
      /failed to (save|persist|load|get|upload) state|acquiring the state lock|error (saving|refreshing|loading) (the )?state|state.*(backend|http).*error|TF_HTTP_ADDRESS|HTTP remote state endpoint/i,
    answered: 'the state could not be read or stored',
    hint: 'Is the server still running, and can it write its data folder? Resume the run: a state that was left behind is taken in first.',
    retry: true,
  },
  {
    code: 'engine-missing',
    pattern: /(exec|spawn|sh): .*(not found|no such file|permission denied|ENOENT|EACCES)/i,
    answered: 'the engine could not be started',
    hint: 'Install terraform or tofu, or set PLUMBLINE_ENGINE to its path, then resume the run.',
    retry: true,
  },
  {
    code: 'provider-missing',
    pattern:
      /failed to (query available|install) provider|required plugins are not installed|inconsistent dependency lock file|provider registry|could not (connect to|load plugin)|unavailable provider|backend initialization required|no available releases match/i,
    answered: 'a provider could not be installed or started',
    hint: 'The provider registry must be reachable once, or PLUMBLINE_PROVIDER_MIRROR must name a folder that has the provider. Then resume.',
    retry: true,
  },
  {
    code: 'provider-crashed',
    pattern: /plugin did not respond|plugin crashed|request cancelled.*plugin|rpc error: code = Unavailable/i,
    answered: 'the provider stopped answering',
    hint: 'Resume the run. If it happens again, the log shows what the provider said last.',
    retry: true,
  },
  {
    code: 'unreachable',
    // Before quota: the SDK words its retries as "exceeded maximum number of attempts".
    pattern: /connection refused|no such host|network is unreachable|connection reset|dial tcp|i\/o timeout|EOF$/i,
    answered: 'the cloud could not be reached',
    hint: "Check the network, the proxy settings and the environment's endpoint, then resume.",
    retry: true,
  },
  {
    code: 'credentials',
    pattern:
      /no valid credential sources|failed to (refresh cached|retrieve) credentials|expiredtoken|security token .* (expired|invalid)|invalidclienttokenid|unrecognizedclient|cannot assume iam role|authfailure/i,
    answered: 'there are no valid credentials',
    hint: "Sign in again, or set the environment's profile or role so that the server can use it, then resume.",
    retry: true,
  },
  {
    code: 'throttled',
    pattern: /throttl|toomanyrequests|rate exceeded|requestlimitexceeded|slowdown|StatusCode: 429/i,
    answered: 'too many calls in a short time',
    hint: 'Wait a minute, then resume the run.',
    retry: true,
  },
  {
    code: 'quota',
    pattern: /limitexceeded|quota|limit ?exceed|maximum number of|toomany(?!requests)/i,
    answered: 'a quota of the account is used up',
    hint: 'Ask the cloud for a higher quota, or remove what is no longer needed, then resume.',
    retry: true,
  },
  {
    code: 'denied',
    pattern: /accessdenied|unauthorized|not authorized|access denied|forbidden|StatusCode: 403/i,
    answered: 'it is not allowed',
    hint: "Give the environment's role the permission that the cloud names (`plumbline env permissions` prints all that it needs), then resume.",
    retry: true,
  },
  {
    code: 'already-exists',
    pattern:
      /already ?exists|alreadyowned|bucketalready|duplicate|name is already|EntityAlreadyExists|ResourceInUseException: Table already/i,
    answered: 'something with this name is there already',
    hint: 'Give the node another id or name setting, or remove what has the name, then plan again.',
    retry: false,
  },
  {
    code: 'in-use',
    pattern:
      /dependencyviolation|deleteconflict|resourceinuse|in use|has dependent|cannot be deleted|not ?empty|deletion protection/i,
    answered: 'something else still uses it',
    hint: 'Remove what uses it, in the graph or in the cloud, then resume.',
    retry: true,
  },
  {
    code: 'invalid-name',
    pattern: /invalid.{0,40}name|name.{0,60}(must|can only|may only|invalid|illegal)|InvalidBucketName/i,
    answered: 'the name is not one that the cloud takes',
    hint: 'The provider says which characters and length are taken; change the name in the node’s settings and plan again.',
    retry: false,
  },
  {
    code: 'invalid-value',
    pattern:
      /validationexception|validationerror|invalidparameter|invalid value|malformed|unsupported argument|missing required argument|StatusCode: 400/i,
    answered: 'a value is not one that the cloud takes',
    hint: 'The provider says which value; change it in the node’s settings and plan again.',
    retry: false,
  },
  {
    code: 'not-found',
    pattern: /notfound|not found|does not exist|nosuch|StatusCode: 404/i,
    answered: 'something that it needs is not there',
    hint: 'It may have been deleted outside of Plumbline: run again with refresh, so that it is found and made anew.',
    retry: true,
  },
  {
    code: 'timeout',
    pattern: /timeout while waiting|timed? ?out|deadline exceeded|context deadline/i,
    answered: 'it was not ready in time',
    hint: 'Resume the run: what is ready by then is kept.',
    retry: true,
  },
  {
    code: 'cancelled',
    pattern: /operation (was )?cancel|execution halted|interrupt received/i,
    answered: 'it was cancelled',
    hint: 'Resume the run to go on.',
    retry: true,
  },
];
