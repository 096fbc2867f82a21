import type { AlertTrouble } from '@email-gateway/shared';

const shares = [
	[ 'account_limit', 0.8 ],
	[ 'account_limit_soon', 0.95 ],
] as const satisfies readonly ( readonly [ AlertTrouble, number ] )[];

/** What is told of an account by how much of its day's limit is used; nothing where no limit is known. Pure. */
export const limitTroubles = ( used: number, limit: number | null ) =>
	shares.flatMap( ( [ trouble, share ] ) => ( limit !== null && used >= share * limit ? [ trouble ] : [] ) );
