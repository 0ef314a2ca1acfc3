CREATE TABLE `artifacts` (
	`environment_id` text NOT NULL,
	`node` text NOT NULL,
	`port` text NOT NULL,
	`contract` text NOT NULL,
	`value` text NOT NULL,
	`sealed` blob,
	`run` text NOT NULL,
	`published_at` text NOT NULL,
	PRIMARY KEY(`environment_id`, `node`, `port`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`who` text NOT NULL,
	`what` text NOT NULL,
	`project` text NOT NULL,
	`environment` text,
	`environment_id` text,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `audit_environment` ON `audit` (`environment_id`,`id`);--> statement-breakpoint
CREATE TABLE `data_keys` (
	`environment_id` text PRIMARY KEY NOT NULL,
	`wrapped` blob NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `deployments` (
	`environment_id` text NOT NULL,
	`node` text NOT NULL,
	`name` text NOT NULL,
	`module` text NOT NULL,
	`version` text NOT NULL,
	`digest` text NOT NULL,
	`inputs_digest` text NOT NULL,
	`run` text NOT NULL,
	`revision` integer NOT NULL,
	`at` text NOT NULL,
	`status` text NOT NULL,
	`depends_on` text NOT NULL,
	`connections` text NOT NULL,
	`request` text NOT NULL,
	`resource_types` text NOT NULL,
	`protected` integer NOT NULL,
	PRIMARY KEY(`environment_id`, `node`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `environments` (
	`id` text PRIMARY KEY NOT NULL,
	`project` text NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`revision` integer NOT NULL,
	`nodes` integer NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`project`) REFERENCES `projects`(`name`) ON UPDATE no action ON DELETE restrict
);
--> statement-breakpoint
CREATE UNIQUE INDEX `environments_name` ON `environments` (`project`,`name`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`environment_id` text NOT NULL,
	`at` text NOT NULL,
	`log_of` text,
	`step` text,
	`event` text NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `events_environment` ON `events` (`environment_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_log` ON `events` (`log_of`,`id`);--> statement-breakpoint
CREATE TABLE `faults` (
	`id` text PRIMARY KEY NOT NULL,
	`environment_id` text NOT NULL,
	`kind` text NOT NULL,
	`type` text NOT NULL,
	`operation` text NOT NULL,
	`nth` integer,
	`node` text,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `layouts` (
	`environment_id` text PRIMARY KEY NOT NULL,
	`layout` text NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `plans` (
	`run_id` text NOT NULL,
	`step` text NOT NULL,
	`blob` blob NOT NULL,
	`expires_at` text NOT NULL,
	PRIMARY KEY(`run_id`, `step`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `projects` (
	`name` text PRIMARY KEY NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`environment_id` text NOT NULL,
	`number` integer NOT NULL,
	`graph` blob NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`environment_id`, `number`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`environment_id` text NOT NULL,
	`number` integer NOT NULL,
	`status` text NOT NULL,
	`head` text NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_number` ON `runs` (`environment_id`,`number`);--> statement-breakpoint
CREATE INDEX `runs_status` ON `runs` (`status`);--> statement-breakpoint
CREATE TABLE `sandbox_objects` (
	`environment_id` text NOT NULL,
	`type` text NOT NULL,
	`id` text NOT NULL,
	`region` text NOT NULL,
	`owner` text NOT NULL,
	`attributes` blob NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`environment_id`, `type`, `id`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`environment_id` text NOT NULL,
	`value` blob NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `state_locks` (
	`environment_id` text NOT NULL,
	`node` text NOT NULL,
	`lock` text NOT NULL,
	`info` text NOT NULL,
	PRIMARY KEY(`environment_id`, `node`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `state_versions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`environment_id` text NOT NULL,
	`node` text NOT NULL,
	`body` blob,
	`run` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `state_versions_node` ON `state_versions` (`environment_id`,`node`,`id`);--> statement-breakpoint
CREATE TABLE `steps` (
	`run_id` text NOT NULL,
	`id` text NOT NULL,
	`position` integer NOT NULL,
	`step` text NOT NULL,
	PRIMARY KEY(`run_id`, `id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
