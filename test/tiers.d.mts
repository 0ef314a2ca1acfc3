export function findChromium(): string | undefined;
export function findEngine(): string | undefined;
export function findOpenTofu(): string | undefined;
