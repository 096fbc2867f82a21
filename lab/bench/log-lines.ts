/** Lines of Postfix's log as a server with a gateway writes them, for messages of known fate. */

const digits = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz';
const months = [ 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec' ];

function encode( value: number, length: number ): string {
	let text = '';
	for ( let rest = value; rest > 0 || text.length < length; rest = Math.floor( rest / 52 ) ) {
		text = digits.charAt( rest % 52 ) + text;
	}
	return text;
}

const queueIdAt = ( atMs: number, inode: number ) =>
	`${ encode( Math.floor( atMs / 1000 ), 6 ) }${ encode( ( atMs % 1000 ) * 1000 + ( inode % 1000 ), 4 ) }z${ encode(
		inode,
		4
	).replaceAll( 'z', 'y' ) }`;

const timeAt = ( atMs: number ) => {
	const at = new Date( atMs );
	const day = String( at.getUTCDate() ).padStart( 2, ' ' );
	return `${ months[ at.getUTCMonth() ] } ${ day } ${ at.toISOString().slice( 11, 19 ) }`;
};

const names = [ 'anna', 'ben', 'carla', 'dmitri', 'elif', 'farid', 'greta', 'hugo', 'ines', 'jonas', 'kira', 'luca' ];
const families = [ 'meier', 'novak', 'santos', 'okafor', 'larsen', 'kaya', 'rossi', 'dubois', 'kowalski', 'tanaka' ];
const large = [ 'gmail.example', 'outlook.example', 'yahoo.example', 'webmail.example' ];

/** Whole numbers below what is asked for, the same at each run. */
export function seeded( seed: number ): ( below: number ) => number {
	let state = seed * 2_654_435_761 + 1;
	return ( below ) => {
		state = ( state * 1_103_515_245 + 12_345 ) % 2_147_483_648;
		return Math.floor( ( state / 2_147_483_648 ) * below );
	};
}

/** Two in three at one of four large providers, the others anywhere. */
export function address( random: ( below: number ) => number ): string {
	const local = `${ names[ random( names.length ) ] }.${ families[ random( families.length ) ] }${ random(
		10_000
	) }`;
	const domain = random( 3 ) > 0 ? large[ random( large.length ) ] : `company-${ random( 50_000 ) }.example`;
	return `${ local }@${ domain }`;
}

export const usersOf = ( server: number ) =>
	Array.from( { length: 5 }, ( _, at ) => ( { uid: 1001 + at, name: `site${ server }_${ at }` } ) );

/** All lines of one message that arrives then: of a hundred, 94 are accepted, 3 refused, 3 accepted at the second try. */
export function messageLines( server: number, atMs: number, random: ( below: number ) => number ): string[] {
	const id = queueIdAt( atMs, 100_000 + random( 900_000 ) );
	const user = usersOf( server )[ random( 5 ) ];
	const host = `web${ server }`;
	const line = ( daemon: string, text: string, afterMs = 0 ) =>
		`${ timeAt( atMs + afterMs ) } ${ host } postfix/${ daemon }[${ 700 + random( 90 ) }]: ${ text }`;
	const relay = 'smtp.provider.example[203.0.113.9]:587';
	const sender = `orders@${ user?.name.replace( '_', '-' ) }.example`;
	const to = `to=<${ address( random ) }>, relay=${ relay }, delay=0.${
		10 + random( 90 )
	}, delays=0.02/0.01/0.1/0.2`;
	const fate = random( 100 );
	const refused = `${ to }, dsn=5.1.1, status=bounced (host ${
		relay.split( ':' )[ 0 ]
	} said: 550 5.1.1 The email account that you tried to reach does not exist (in reply to RCPT TO command))`;
	const deferred = `${ to }, dsn=4.7.1, status=deferred (host ${
		relay.split( ':' )[ 0 ]
	} said: 450 4.7.1 Greylisted, try again later (in reply to RCPT TO command))`;
	const accepted = `${ to }, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ${ encode( random( 2 ** 31 ), 8 ) })`;
	return [
		line( 'pickup', `${ id }: uid=${ user?.uid } from=<${ sender }>` ),
		line( 'cleanup', `${ id }: message-id=<${ id }@${ host }.example>` ),
		line( 'qmgr', `${ id }: from=<${ sender }>, size=${ 900 + random( 20_000 ) }, nrcpt=1 (queue active)` ),
		line(
			'smtp',
			`Verified TLS connection reused to ${ relay }: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256`
		),
		...( fate >= 97 ? [ line( 'smtp', `${ id }: ${ deferred }`, 400 ) ] : [] ),
		line( 'smtp', `${ id }: ${ fate >= 94 && fate < 97 ? refused : accepted }`, 600 ),
		line( 'qmgr', `${ id }: removed`, 600 ),
	];
}
