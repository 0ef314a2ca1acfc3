// What the harvest of the provider's facts missed, found by comparing plans with the real provider's.
import type { TypeSchema } from './schema-data.ts';

type Correction = Pick<TypeSchema, 'forceNew' | 'defaults' | 'computedBlocks'>;

export const corrections: Readonly<Record<string, Correction>> = {
  aws_appautoscaling_policy: {
    defaults: { 'target_tracking_scaling_policy_configuration.disable_scale_in': false },
  },
  aws_db_parameter_group: { defaults: { 'parameter.apply_method': 'immediate' } },
  aws_dynamodb_table: {
    defaults: { billing_mode: 'PROVISIONED' },
    computedBlocks: ['point_in_time_recovery', 'server_side_encryption', 'ttl'],
  },
  aws_ecr_repository: { defaults: { 'encryption_configuration.encryption_type': 'AES256' } },
  aws_ecs_service: {
    defaults: { 'network_configuration.assign_public_ip': false, 'deployment_controller.type': 'ECS' },
  },
  aws_flow_log: {
    defaults: {
      'destination_options.file_format': 'plain-text',
      'destination_options.hive_compatible_partitions': false,
      'destination_options.per_hour_partition': false,
    },
  },
  aws_lambda_function: { defaults: { 'vpc_config.ipv6_allowed_for_dual_stack': false } },
  aws_lb: { defaults: { 'access_logs.enabled': false, 'connection_logs.enabled': false } },
  aws_lb_listener: {
    defaults: {
      'default_action.redirect.host': '#{host}',
      'default_action.redirect.path': '/#{path}',
      'default_action.redirect.port': '#{port}',
      'default_action.redirect.protocol': '#{protocol}',
      'default_action.redirect.query': '#{query}',
    },
  },
  aws_lb_target_group: {
    defaults: {
      deregistration_delay: '300',
      lambda_multi_value_headers_enabled: false,
      proxy_protocol_v2: false,
      slow_start: 0,
      target_type: 'instance',
      'health_check.enabled': true,
      'health_check.healthy_threshold': 3,
      'health_check.interval': 30,
      'health_check.port': 'traffic-port',
      'health_check.protocol': 'HTTP',
      'health_check.unhealthy_threshold': 3,
      'stickiness.cookie_duration': 86_400,
      'stickiness.enabled': true,
    },
    computedBlocks: ['health_check', 'stickiness', 'target_failover', 'target_group_health', 'target_health_state'],
  },
  aws_s3_bucket_lifecycle_configuration: {
    defaults: {
      transition_default_minimum_object_size: 'all_storage_classes_128K',
      'rule.prefix': '',
      'rule.expiration.expired_object_delete_marker': false,
      'rule.filter.prefix': '',
      'rule.filter.object_size_greater_than': null,
      'rule.filter.object_size_less_than': null,
      'rule.noncurrent_version_expiration.newer_noncurrent_versions': null,
      'rule.noncurrent_version_transition.newer_noncurrent_versions': null,
    },
  },
};
