import type { ErrorCode } from '@email-gateway/shared';

const uncheckedFor: Partial< Record< ErrorCode, ( host: string ) => string > > = {
	sign_in_refused: ( host ) =>
		`${ host } refuses the sign-in by SSH, so its mail cannot be checked. Check that the server still has the key or the password of this connection, then press Check Connection.`,
	host_key_changed: ( host ) =>
		`${ host } shows another host key than the one that you trust, so its mail cannot be checked. Press Check Connection to compare the two.`,
	server_answer_not_understood: ( host ) =>
		`${ host } sends unexpected answers, so its mail cannot be checked. Check whether a login script on the server prints text or stops the shell, then press Check Connection.`,
};

/** Why nobody can look at a server, where the error code of the look tells more than that it does not answer. */
export function unreachableText( host: string, reason: string | null | undefined ): string {
	const [ , text ] = Object.entries( uncheckedFor ).find( ( [ code ] ) => code === reason ) ?? [];
	return (
		text?.( host ) ??
		`${ host } cannot be reached by SSH, so its mail cannot be checked. Check the server, then press Check Connection.`
	);
}
