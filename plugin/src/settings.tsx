import { createRoot } from '@wordpress/element';
import { SettingsScreen } from './settings-screen.tsx';
import './pill.css';
import './screen.css';

const place = document.querySelector< HTMLElement >( '.email-gateway-app[data-screen="settings"]' );
if ( place ) {
	createRoot( place ).render( <SettingsScreen /> );
}
