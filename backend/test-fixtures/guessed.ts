import type { Guess } from './guesses.ts';

/** The body with the guess in every field where one can be. */
export function guessed( body: unknown, guess: Guess ): unknown {
	if ( body === null || typeof body !== 'object' ) {
		return body;
	}
	if ( Array.isArray( body ) ) {
		return [];
	}
	return Object.fromEntries(
		Object.entries( body ).map( ( [ name, value ] ) => {
			if ( name === 'password' && value.use === 'typed' ) {
				return [ name, { ...value, value: guess.password } ];
			}
			if ( name === 'password' && typeof value === 'string' ) {
				return [ name, guess.password ];
			}
			if ( name === 'caCertificate' ) {
				return [ name, null ];
			}
			// in the mail log these are times
			if ( [ 'from', 'to', 'address', 'rootMail' ].includes( name ) && String( value ).includes( '@' ) ) {
				return [ name, `site@${ guess.sendingDomain }` ];
			}
			if ( name === 'serverHostname' && typeof value === 'string' ) {
				return [ name, guess.smtpServer ];
			}
			const isGuess = [ 'smtpServer', 'smtpPort', 'userName', 'sendingDomain' ].includes( name );
			return [ name, isGuess ? guess[ name as keyof Guess ] : guessed( value, guess ) ];
		} )
	);
}
