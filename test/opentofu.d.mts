export const openTofuVersion: string;
export function builtOpenTofu(): string | undefined;
