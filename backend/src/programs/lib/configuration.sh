# shellcheck shell=sh disable=SC2034,SC2154
# Whose the files of the mail configuration are. Changes nothing.

# the number of the folder that main.cf takes its maps from; nothing where main.cf is not ours
generation_in_use() {
	sed -n 's#^smtp_sasl_password_maps = texthash:/etc/postfix/gateway-\([0-9][0-9]*\)/sasl_passwd$#\1#p' \
		"$root/etc/postfix/main.cf" 2>/dev/null | head -n 1
}

# Links and files in /etc/postfix that neither the package nor we have put there. Ours are main.cf, master.cf and
# gateway-*, the rest is what the package or Postfix makes.
files_of_others() {
	packaged=$(dpkg -L postfix 2>/dev/null | grep '^/etc/postfix/')
	(
		cd "$root/" && find etc/postfix -mindepth 1 ! -type d ! -path 'etc/postfix/gateway-[0-9]*/*' ! -path etc/postfix/main.cf \
			! -path etc/postfix/master.cf ! -path '*/dynamicmaps.cf*' ! -path '*.proto' ! -path '*.dpkg-*' ! -path etc/postfix/makedefs.out 2>/dev/null
	) | sed 's#^#/#' | grep -vxF -e "$packaged" | sort
}

# Passwords of mail systems whose place the gateway takes: apt leaves them behind. Moved out of /etc at the commit, given
# back by Remove.
old_credentials='/etc/ssmtp/ssmtp.conf'
holds_old_credential() {
	[ -f "$root$1" ] && [ ! -L "$root$1" ] && grep -qi '^[[:blank:]]*AuthPass' "$root$1"
}
