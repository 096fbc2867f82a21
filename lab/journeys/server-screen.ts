import type { Locator, Page } from 'playwright-core';
import type { LabServer, LabStatus as Lab } from '../state.ts';

/** Opens the part for an unknown provider where it is closed, and asks. */
export async function findSettings( place: Locator, address: string ): Promise< void > {
	const field = place.getByLabel( 'Mail Address' );
	if ( ! ( await field.isVisible() ) ) {
		await place.getByText( 'Not in the list? Find the settings by a mail address' ).click();
	}
	await field.fill( address );
	await place.getByRole( 'button', { name: 'Find Settings', exact: true } ).click();
}

/** The server edit screen, in the words that are on it. */
export class ServerScreen {
	readonly page: Page;
	readonly #lab: Lab;
	readonly #server: LabServer;

	constructor( page: Page, lab: Lab, server: LabServer ) {
		this.page = page;
		this.#lab = lab;
		this.#server = server;
	}

	get gateway(): Locator {
		return this.page.locator( '.email-gateway-app[data-screen="gateway"]' );
	}

	get connection(): Locator {
		return this.page.locator( '.email-gateway-app[data-screen="connection"]' );
	}

	button( name: string ): Locator {
		return this.page.getByRole( 'button', { name, exact: true } );
	}

	/** Opens the page, waits for what must be on it (the form, unless something else is named), and unfolds the fields. */
	async open( landmark = this.gateway.getByText( /^(Edit )?Settings$/ ) ): Promise< void > {
		await this.page.goto(
			`${ this.#lab.wordpress.url }/wp-admin/post.php?post=${ this.#server.postId }&action=edit`
		);
		await landmark.waitFor();
		await this.unfold();
	}

	/** Opens the fields of settings and connection, which are folded once they work. */
	async unfold(): Promise< void > {
		const folded = this.page.locator( 'details:not([open]) > summary', {
			hasText: /^Edit (Settings|Connection)$/,
		} );
		while ( ( await folded.count() ) > 0 ) {
			await folded.first().click();
		}
	}

	/** A part of the card below its heading, opened. */
	async part( name: string ): Promise< Locator > {
		const heading = this.page.getByText( name, { exact: true } );
		const part = this.gateway.locator( 'details', { has: heading } ).last();
		if ( ( await part.getAttribute( 'open' ) ) === null ) {
			await part.getByText( name, { exact: true } ).click();
		}
		return part;
	}

	/** Fills the form as a person would; `password` null leaves the field as it is. */
	async fill( { password, sendingDomain }: { password: string | null; sendingDomain: string } ): Promise< void > {
		const { host, port, user } = this.#lab.provider;
		await this.gateway.getByLabel( 'SMTP Server' ).fill( host );
		await this.gateway.getByLabel( 'SMTP Port' ).fill( String( port ) );
		await this.gateway.getByLabel( 'User Name' ).fill( user );
		if ( password !== null ) {
			await this.gateway.getByLabel( 'Password', { exact: true } ).fill( password );
		}
		await this.gateway.getByLabel( 'Sending Domain' ).fill( sendingDomain );
	}

	/** Presses a button that starts a job, and waits for the job to start. */
	async begin( verb: string, button: Locator ): Promise< void > {
		await button.click();
		await this.#panel( verb, [ 'queued', 'running' ] ).waitFor();
	}

	/** Waits for the end of a job that has begun; throws with what the screen says where it did not succeed. */
	async ends( verb: string ): Promise< void > {
		await this.#panel( verb, [ 'succeeded', 'failed', 'cancelled' ] ).waitFor( { timeout: 240_000 } );
		const failed = this.#panel( verb, [ 'failed', 'cancelled' ] );
		if ( await failed.count() ) {
			throw new Error( `${ verb } did not succeed: ${ await failed.textContent() }` );
		}
	}

	/** Asks a mail domain for its server, and waits for the answer. */
	async find( address: string ): Promise< void > {
		await findSettings( this.gateway, address );
		await this.ends( 'find_settings' );
	}

	/** Presses Check Settings of the form, and waits for what was seen. */
	async check(): Promise< void > {
		await this.begin( 'check_settings', this.button( 'Check Settings' ).first() );
		await this.ends( 'check_settings' );
	}

	async install(): Promise< void > {
		await this.begin( 'install_gateway', this.button( 'Install Email Gateway' ) );
		await this.ends( 'install_gateway' );
	}

	/** Removes with the confirmation in the page. */
	async remove(): Promise< void > {
		await this.button( 'Remove Email Gateway' ).click();
		await this.begin( 'remove_gateway', this.button( 'Remove' ) );
		await this.ends( 'remove_gateway' );
	}

	/** Sends a test email and gives its verdict: accepted, waiting or refused. Without `from` where there is no such field. */
	async sendTest( { from, to }: { from?: string; to: string } ): Promise< string | null > {
		if ( from !== undefined ) {
			await this.gateway.getByLabel( 'From', { exact: true } ).fill( from );
		}
		await this.gateway.getByLabel( 'To', { exact: true } ).fill( to );
		await this.begin( 'send_test_email', this.button( 'Send Test Email' ) );
		await this.ends( 'send_test_email' );
		return this.gateway.locator( '[data-test-outcome]' ).getAttribute( 'data-test-outcome' );
	}

	#panel( verb: string, states: string[] ): Locator {
		return this.gateway.locator(
			states.map( ( state ) => `[data-verb="${ verb }"][data-job-state="${ state }"]` ).join( ', ' )
		);
	}
}
