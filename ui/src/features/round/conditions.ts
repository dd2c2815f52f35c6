export const CONDITIONS = ['outbound', 'outsourced', 'self-built', 'online', 'bot', 'multi-site'] as const;
