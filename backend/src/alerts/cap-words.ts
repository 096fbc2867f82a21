import type { OfOne } from './words.ts';

const whose = ( { user }: OfOne[ 'detail' ] ) => ( user ? `The site of the user ${ user }` : 'A site' );

/** Which site, the numbers, and the first held mail. */
export function overCapText( { host, detail }: OfOne ): string {
	const { cap, messages = 0, refused = 0, held = 0, first } = detail;
	const went =
		cap === 'refused'
			? `has ${ refused } recipients of the last hour refused, more than its cap allows.`
			: `went over its cap of the ${ cap ?? 'hour' }: ${ messages } recipients were let through.`;
	const kept = first
		? ` ${ held } ${ held === 1 ? 'message is' : 'messages are' } held, the first is ${ first }.`
		: ' What it sends now is held.';
	return `${ whose(
		detail
	) } on ${ host } ${ went }${ kept } Open Sites on This Server to resume or pause its sending.`;
}

/** `messages` of `usual`, within a day of UTC. */
export function limitText( { provider, messages = 0, usual = 0 }: OfOne[ 'detail' ] ): string {
	const share = usual > 0 ? Math.floor( ( 100 * messages ) / usual ) : 0;
	const at = provider ? ` at ${ provider }` : '';
	return `An account${ at } has sent ${ messages } of the ${ usual } messages that it may send a day (${ share } %).`;
}
