// Provider resources of ec2, one import each: the provider's barrel alone costs half a gigabyte.

export { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
export { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
export { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
export { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
export { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js';
export { Route } from '@cdktf/provider-aws/lib/route/index.js';
export { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
export { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
export { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
export { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
export { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
export { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
export { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
export { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
