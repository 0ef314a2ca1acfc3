// The only door to cdktf: what a module's stack may use. Resource classes are in ./aws, one file per service.
export { Fn, Op } from 'cdktf';
export type { Binding, BoundInput } from './binding.ts';
export { defineModule, type ModuleImplementation, type ModuleRoot, synthesizeModule } from './define-module.ts';
export { defineSecurityGroup } from './network-rules.ts';
export type { ModuleOutputs } from './outputs.ts';
export { type AwsStatement, denyInsecureTransport, policyDocument } from './policy.ts';
export { ownerStatements } from './resource-policy.ts';
export type { RootVariable } from './root-builder.ts';
export type { ModuleContext, ModuleScope, ModuleTask } from './scope.ts';
export { defineWorkload, type Workload, type WorkloadOptions } from './workload.ts';
export type { PlainVariable, SecretVariable } from './workload-variables.ts';
