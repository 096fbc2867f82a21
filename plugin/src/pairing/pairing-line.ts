/** The line that `email-gateway pair` prints: the address of a backend, a blank, a code. null for any other text. */
export function readPairingLine( text: string ): { backendUrl: string; code: string } | null {
	const [ , backendUrl = '', code = '' ] =
		/^\s*(https?:\/\/\S+)\s+([0-9A-Za-z]+(?:-[0-9A-Za-z]+)*)\s*$/.exec( text ) ?? [];
	return code ? { backendUrl, code } : null;
}
