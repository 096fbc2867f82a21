// Only for tests: lines of a mail log, as Postfix writes them.

export const clock = { atMs: Date.UTC( 2026, 10, 30, 18 ), aheadMinutes: 0 };
export const id = '4jdW2W5nLkzs7Y7';
export const line = ( daemon: string, text: string, queueId = id ) =>
	`Nov 30 17:18:43 web1 postfix/${ daemon }[7]: ${ queueId }: ${ text }`;
export const relay = 'relay=p.example[192.0.2.1]:587';
export const sent = ( to: string ) =>
	`to=<${ to }>, ${ relay }, delay=1.5, delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued)`;
export const deferred = ( to: string ) =>
	`to=<${ to }>, ${ relay }, delay=0.5, delays=0/0/0/0, dsn=4.7.1, status=deferred (host p.example[192.0.2.1] said: 450 4.7.1 Greylisted (in reply to RCPT TO command))`;
export const bounced = ( to: string ) =>
	`to=<${ to }>, ${ relay }, delay=0.5, delays=0/0/0/0, dsn=5.1.1, status=bounced (host p.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))`;
export const whole = [
	line( 'pickup', 'uid=1001 from=<shop@a.test>' ),
	line( 'cleanup', 'message-id=<x@a.test>' ),
	line( 'qmgr', 'from=<shop@a.test>, size=282, nrcpt=2 (queue active)' ),
	`Nov 30 17:18:43 web1 postfix/smtp[7]: Verified TLS connection established to p.example[192.0.2.1]:587: TLSv1.3 with cipher X (256/256 bits)`,
	line( 'smtp', sent( 'one@b.test' ) ),
	line( 'smtp', deferred( 'two@b.test' ) ),
	line( 'smtp', sent( 'two@b.test' ) ),
	line( 'qmgr', 'removed' ),
];

/** All lines of message number n, which is taken at once. */
export const messageLines = (
	n: number,
	{ to = `to-${ n }@example.org`, status = 'sent', uid = 1001 } = {}
): string[] => {
	const id = `4jdW2W${ String( n ).padStart( 4, '0' ) }zs7Y7`;
	const line = ( daemon: string, text: string ) => `Nov 30 17:18:43 web1 postfix/${ daemon }[7]: ${ id }: ${ text }`;
	return [
		line( 'pickup', `uid=${ uid } from=<shop@a.test>` ),
		line( 'qmgr', 'from=<shop@a.test>, size=282, nrcpt=1 (queue active)' ),
		line(
			'smtp',
			`to=<${ to }>, relay=p[192.0.2.1]:587, delay=1, delays=0/0/0/0, dsn=2.0.0, status=${ status } (250 ok)`
		),
		line( 'qmgr', 'removed' ),
	];
};

/** Whole numbers below what is asked for, the same at each run. */
export function seeded( seed: number ): ( below: number ) => number {
	let state = seed;
	return ( below ) => {
		state = ( state * 1_103_515_245 + 12_345 ) % 2_147_483_648;
		return Math.floor( ( state / 2_147_483_648 ) * below );
	};
}

/** A line such as Postfix, a clock that jumps, a liar or a broken disk writes. */
export function anyLine( random: ( below: number ) => number, ids: readonly string[] ): string {
	const id = ids[ random( ids.length ) ] ?? '';
	const day = String( 1 + random( 28 ) ).padStart( 2, ' ' );
	const tail = [
		[ 'pickup', `uid=${ random( 5 ) } from=<a@a.test>` ],
		[ 'pickup', `uid=99999999999 from=<a@a.test>` ],
		[ 'smtpd', 'client=localhost[127.0.0.1]' ],
		[ 'cleanup', `message-id=<${ id }: to=<x@y>, status=sent (x)>` ],
		[ 'cleanup', `hold: header from local; from=<a@a.test> to=<held-${ random( 3 ) }@b.test>` ],
		[ 'cleanup', `info: header From: <a@b.test> from local` ],
		[
			'qmgr',
			`from=<${ 'x'.repeat( random( 3000 ) ) }>, size=${ random( 2_000_000 ) }999999, nrcpt=1 (queue active)`,
		],
		[ 'qmgr', 'removed' ],
		[ 'qmgr', 'from=<a>, status=expired, returned to sender' ],
		[ 'postsuper', [ 'removed', 'placed on hold', 'released from hold' ][ random( 3 ) ] ],
		[ 'bounce', `sender non-delivery notification: ${ ids[ random( ids.length ) ] }` ],
		...[ 'sent', 'deferred', 'bounced', 'SOFTBOUNCE', 'undeliverable', 'nonsense' ].map( ( status ) => [
			'smtp',
			`to=<${ 'ü'.repeat( random( 400 ) ) }${ random( 4 ) }@b.test>, relay=p[192.0.2.1]:587, delay=${
				[ '1', '-1', 'x', '99999999999999' ][ random( 4 ) ]
			}, dsn=${ '5'.repeat( random( 40 ) ) }, status=${ status } (${ 'w'.repeat( random( 900 ) ) }😀`,
		] ),
	][ random( 17 ) ] as [ string, string ];
	const line = `Nov ${ day } 17:18:43 web1 postfix/${ tail[ 0 ] }[7]: ${ id }: ${ tail[ 1 ] }`;
	return random( 10 ) === 0 ? line.slice( random( line.length ) ) : line;
}
