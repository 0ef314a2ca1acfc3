// What a container service can be told; mirrors module.json.

export interface Params {
  image: string;
  port: number;
  /** CPU units and MB of memory, such as 256-512. */
  size: string;
  minimumTasks: number;
  maximumTasks: number;
  loadBalancer: 'none' | 'internal' | 'public';
  placement: 'private' | 'public';
  variables: Record<string, string>;
  logDays: number;
  healthPath: string;
  certificateArn: string;
}
