import { thisPage } from '../page.ts';

/** A sentence about the panel that keeps the servers, by the name its customers know; it stands for the %s. */
export function ofPanel( sentence: string ): string {
	return sentence.replace( '%s', () => thisPage().panelName );
}
