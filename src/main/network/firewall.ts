import { existsSync, readFileSync } from 'node:fs'
import { MDNS_PORT } from '../../server/discovery/guardedSocket'
import type { Firewall } from '../../shared/ipc/network'

/** The machine, as far as its firewall goes. */
export interface FirewallMachine {
  readonly platform: NodeJS.Platform
  /** Path of this program. */
  readonly program: string
  readonly exists: (path: string) => boolean
  /** Undefined where it cannot be read. */
  readonly read: (path: string) => string | undefined
}

export const thisMachine: FirewallMachine = {
  platform: process.platform,
  program: process.execPath,
  exists: existsSync,
  read: (path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      // What this user may not read says nothing.
      return undefined
    }
  },
}

const UFW_SETTINGS = '/etc/ufw/ufw.conf'
const FIREWALLD_RUNS = '/run/firewalld.pid'
const NFTABLES_ENABLED = '/etc/systemd/system/sysinit.target.wants/nftables.service'
const IPTABLES_RULES = '/etc/iptables/rules.v4'
const APPLICATION_FIREWALL = '/usr/libexec/ApplicationFirewall/socketfilterfw'

/**
 * How to let others through to a port of this machine. Nothing is run or changed, and no rights are needed: which
 * firewall there is is told by its files. The second port is that of multicast DNS, for being found.
 */
export function firewallOf(port: number, machine: FirewallMachine = thisMachine): Firewall {
  const { platform, program } = machine
  switch (platform) {
    case 'win32':
      return {
        system: 'windows',
        tool: 'netsh',
        // For the program, so that it holds whatever the port; not for networks that Windows calls public.
        commands: [
          `netsh advfirewall firewall add rule name="Inkroom" dir=in action=allow program="${program}" profile=private,domain`,
        ],
      }
    case 'darwin': {
      const bundle = shellWord(program.replace(/\/Contents\/MacOS\/[^/]*$/, ''))
      return {
        system: 'macos',
        tool: 'socketfilterfw',
        commands: [
          `sudo ${APPLICATION_FIREWALL} --add ${bundle}`,
          `sudo ${APPLICATION_FIREWALL} --unblockapp ${bundle}`,
        ],
      }
    }
    case 'linux':
      return { system: 'linux', ...linuxFirewall(port, machine) }
    default:
      return { system: 'other', tool: 'none', commands: [] }
  }
}

function linuxFirewall(port: number, { exists, read }: FirewallMachine): Omit<Firewall, 'system'> {
  if (/^\s*ENABLED\s*=\s*"?yes"?\s*$/im.test(read(UFW_SETTINGS) ?? '')) {
    return { tool: 'ufw', commands: [`sudo ufw allow ${port}/tcp`, `sudo ufw allow ${MDNS_PORT}/udp`] }
  }
  if (exists(FIREWALLD_RUNS)) {
    return {
      tool: 'firewalld',
      commands: [
        `sudo firewall-cmd --permanent --add-port=${port}/tcp`,
        'sudo firewall-cmd --permanent --add-service=mdns',
        'sudo firewall-cmd --reload',
      ],
    }
  }
  if (exists(NFTABLES_ENABLED)) {
    return {
      tool: 'nftables',
      commands: [
        `sudo nft insert rule inet filter input tcp dport ${port} accept`,
        `sudo nft insert rule inet filter input udp dport ${MDNS_PORT} accept`,
      ],
    }
  }
  if (exists(IPTABLES_RULES)) {
    return {
      tool: 'iptables',
      commands: [
        `sudo iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`,
        `sudo iptables -I INPUT -p udp --dport ${MDNS_PORT} -j ACCEPT`,
      ],
    }
  }
  return { tool: 'none', commands: [] }
}

/** A text as one word of a shell. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
