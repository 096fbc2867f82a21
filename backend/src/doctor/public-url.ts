import { fine, problem, warning, type Finding } from './finding.ts';

const certificate = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|ERR_TLS/;
const privateAuthority =
	'For an authority of your own set NODE_EXTRA_CA_CERTS here, and import it into the trust of the machine of WordPress.';

/**
 * Whether the public address leads to this very process, with a certificate that is trusted.
 * @param instance what the process answers on /health; null: it does not run
 */
export async function checkPublicUrl( publicUrl: string | null, instance: string | null ): Promise< Finding > {
	const check = 'public address';
	if ( publicUrl === null ) {
		return warning(
			check,
			'EMAIL_GATEWAY_PUBLIC_URL is not set: only a WordPress on this machine can pair.',
			'Set EMAIL_GATEWAY_PUBLIC_URL to the https address that leads here.'
		);
	}
	if ( instance === null ) {
		return warning( check, 'The backend is not running, so its public address cannot be checked.', 'Start it.' );
	}
	try {
		const response = await fetch( `${ publicUrl }/health`, {
			signal: AbortSignal.timeout( 10_000 ),
			redirect: 'manual',
		} );
		const answer = ( await response.json().catch( () => ( {} ) ) ) as { instance?: string };
		if ( response.status !== 200 || answer.instance === undefined ) {
			return problem(
				check,
				`${ publicUrl } answers with ${ response.status }, and not as a backend does.`,
				'The proxy must pass every path on unchanged, to the port of the backend.'
			);
		}
		return answer.instance === instance
			? fine( check, `${ publicUrl } leads to this process.` )
			: problem( check, `${ publicUrl } leads to another backend than this one.`, 'Correct the proxy or DNS.' );
	} catch ( error ) {
		const { code = '', message = '' } = ( ( error as Error ).cause ?? error ) as {
			code?: string;
			message?: string;
		};
		return certificate.test( code )
			? problem( check, `The certificate of ${ publicUrl } is not trusted (${ code }).`, privateAuthority )
			: problem(
					check,
					`${ publicUrl } cannot be reached (${ code || message }).`,
					'Check that the proxy runs, and that the name leads to it.'
			  );
	}
}
