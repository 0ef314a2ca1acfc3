// Tells drizzle-kit where the tables are and where their migrations go.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './server/store/tables.ts',
  out: './server/store/migrations',
});
