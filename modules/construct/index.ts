// The only door to cdktf: what a module's stack may use. Resource classes are in ./aws, one file per service.
export { Fn } from 'cdktf';
export type { Binding, BoundInput } from './binding.ts';
export { defineModule, type ModuleImplementation, synthesizeModule } from './define-module.ts';
export { defineSecurityGroup } from './network-rules.ts';
export { type AwsStatement, denyInsecureTransport, policyDocument } from './policy.ts';
export { ownerStatements } from './resource-policy.ts';
export type { ModuleScope } from './scope.ts';
export { defineWorkload, type Workload, type WorkloadOptions } from './workload.ts';
