# shellcheck shell=sh disable=SC2154
# What dpkg knows of packages and their files. Changes nothing.

package_state() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || echo not-installed; }
is_installed() { [ "$(package_state "$1")" = installed ]; }

# package_of PATH: the package that has it; nothing where none has
package_of() { dpkg -S "$1" 2>/dev/null | grep -v '^\(local \)\{0,1\}diversion' | sed -n '1s/[:,].*//p'; }

# missing_files PACKAGE…: what they have put where it works, and is not there any more
missing_files() {
	dpkg -L "$@" 2>/dev/null | grep -E '^/(etc/postfix|usr/lib|lib|usr/sbin|usr/share/postfix)/' | while IFS= read -r path; do
		[ -e "$root$path" ] || [ -L "$root$path" ] || echo "$path"
	done
}

# is_whole PACKAGE: all of that is still there, and sendmail is that of Postfix
is_whole() { [ -z "$(missing_files "$1")" ] && { [ "$1" != postfix ] || is_postfix_sendmail; }; }

# neither a file of somebody's nor a link to another program
is_postfix_sendmail() (
	cd "$root/" && grep ' usr/sbin/sendmail$' var/lib/dpkg/info/postfix.md5sums 2>/dev/null | md5sum -c --status 2>/dev/null
)

# also where only its journal tells: apt refuses everything then
was_dpkg_interrupted() { [ -n "$(dpkg --audit 2>/dev/null)" ] || [ -n "$(ls "$root/var/lib/dpkg/updates" 2>/dev/null)" ]; }
