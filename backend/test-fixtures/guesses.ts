import fc from 'fast-check';

/** What a customer is not shown. */
export const hidden = {
	smtpServer: 'smtp.hidden.example',
	smtpPort: 2525,
	userName: 'hidden-user',
	sendingDomain: 'hidden-domain.example',
	password: 'hidden-secret',
};
export type Guess = typeof hidden;
export const wrong: Guess = {
	smtpServer: 'smtp.other.example',
	smtpPort: 587,
	userName: 'other-user',
	sendingDomain: 'other.example',
	password: 'other-secret',
};

/** Without what is new each time, whoever asks; a guess that is repeated to who made it is the same guess. */
export const normal = ( value: unknown, serverId: number, guess: Guess ) => {
	const text = JSON.stringify( value )
		.replace( /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID' )
		.replace( /\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME' )
		.replaceAll( `203.0.113.${ serverId }"`, 'HOST"' )
		.replace( /ssh-ed25519 [A-Za-z0-9+/]+ [a-z0-9-]+/g, 'KEY' )
		.replace( /whsec_[A-Za-z0-9+/=]+/g, 'SIGNING' )
		.replace( /"id":\d+/g, '"id":N' )
		.replace( /(customer|manager)-\d+/g, '$1' )
		.replaceAll( `"serverId":${ serverId }`, '"serverId":N' );
	return Object.entries( guess ).reduce(
		( told, [ name, own ] ) => told.replaceAll( String( own ), `GUESSED ${ name }` ),
		text
	);
};

/** Whether a value of the guess is in it. */
export const takesGuess = ( body: unknown, guess: Guess ): boolean =>
	Object.values( guess ).some( ( value ) =>
		JSON.stringify( body ).includes( JSON.stringify( value ).replaceAll( '"', '' ) )
	);

/** Right in some of the fields. */
export const partlyRight = fc
	.subarray( Object.keys( hidden ) as ( keyof Guess )[], { minLength: 1 } )
	.map(
		( right ) =>
			( { ...wrong, ...Object.fromEntries( right.map( ( name ) => [ name, hidden[ name ] ] ) ) } ) as Guess
	);
