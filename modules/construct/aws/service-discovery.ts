// Provider resources of service discovery (Cloud Map), one import each: the provider's barrel alone costs half a gigabyte.
export { ServiceDiscoveryPrivateDnsNamespace } from '@cdktf/provider-aws/lib/service-discovery-private-dns-namespace/index.js';
export { ServiceDiscoveryService } from '@cdktf/provider-aws/lib/service-discovery-service/index.js';
