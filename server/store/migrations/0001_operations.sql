CREATE TABLE `operations` (
	`environment_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`client` text NOT NULL,
	`batch` integer NOT NULL,
	`operations` text NOT NULL,
	`changed` integer NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`environment_id`, `sequence`),
	FOREIGN KEY (`environment_id`) REFERENCES `environments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operations_batch` ON `operations` (`environment_id`,`client`,`batch`);--> statement-breakpoint
ALTER TABLE `environments` ADD `sequence` integer DEFAULT 0 NOT NULL;