import type { Locator, Page } from 'playwright-core';
import type { LabStatus as Lab } from '../state.ts';
import { findSettings } from './server-screen.ts';

export interface Defaults {
	smtpServer: string;
	smtpPort: number;
	userName: string;
	password: string;
	sendingDomain: string;
	note: string;
}

/** Settings → Email Gateway, in the words that are on it. */
export class SettingsScreen {
	readonly page: Page;
	readonly #lab: Lab;

	constructor( page: Page, lab: Lab ) {
		this.page = page;
		this.#lab = lab;
	}

	get app(): Locator {
		return this.page.locator( '.email-gateway-app[data-screen="settings"]' );
	}

	/** The form of the default account: the first one's, where there is none yet. */
	async open(): Promise< void > {
		await this.page.goto( `${ this.#lab.wordpress.url }/wp-admin/options-general.php?page=email-gateway#accounts` );
		const edit = this.app.getByRole( 'button', { name: 'Edit: Defaults', exact: true } );
		const field = this.app.getByLabel( 'SMTP Server' );
		await field.or( edit ).first().waitFor();
		// on a page that was here before, it may be open still
		if ( ! ( await field.isVisible() ) ) {
			await edit.click();
		}
		await field.waitFor();
	}

	async fill( values: Partial< Defaults > ): Promise< void > {
		const labels: Record< keyof Defaults, string > = {
			smtpServer: 'SMTP Server',
			smtpPort: 'SMTP Port',
			userName: 'User Name',
			password: 'Password',
			sendingDomain: 'Sending Domain',
			note: 'Brief Note',
		};
		for ( const [ name, value ] of Object.entries( values ) ) {
			await this.app.getByLabel( labels[ name as keyof Defaults ], { exact: true } ).fill( String( value ) );
		}
	}

	/** Asks a mail domain for its server. */
	find( address: string ): Promise< void > {
		return findSettings( this.app, address );
	}

	async save(): Promise< void > {
		await this.page.getByRole( 'button', { name: 'Save Changes', exact: true } ).click();
		await this.app.getByText( 'Saved.', { exact: true } ).waitFor();
	}

	/** Offers the included gateway to customers, or no longer. */
	async offer( wanted: boolean ): Promise< void > {
		const toggle = this.app.getByLabel( 'Let customers send through the default account without seeing it' );
		if ( ( await toggle.isChecked() ) !== wanted ) {
			await toggle.click();
			await this.app.getByText( 'Saved.', { exact: true } ).waitFor();
		}
	}
}
