import type { RunningBackend } from '../backend/start.ts';
import type { WpCli } from './wp-cli.ts';

/** Pairs the site with the backend by a fresh one-time code. */
export async function pair( wp: WpCli, backend: RunningBackend ): Promise< void > {
	const code = await backend.pairingCode();
	await wp( [ 'email-gateway', 'pair', `--backend=${ backend.url }`, `--code=${ code }` ] );
}
