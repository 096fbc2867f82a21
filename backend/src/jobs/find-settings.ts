import type { VerbOf } from './context.ts';

/** Asks a mail domain for its server. No server of the site is reached, and nothing is tried. */
export const findSettings: VerbOf< { verb: 'find_settings'; address: string } > = async ( context, { address } ) => {
	const { dnsServers, allowedPrivateRanges } = context.app.config;
	const found = await context.step( 'search', async () => ( {
		value: await context.app.tools.findSettings( {
			address,
			dnsServers,
			allowedPrivateRanges,
			signal: context.stopSignal(),
		} ),
	} ) );
	return { result: { verb: 'find_settings', found } };
};
