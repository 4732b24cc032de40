/** Sound manifests in every form that is read, for damaging. */
export const GOOD_MANIFESTS: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: 'm.csv',
    text: `contact_id,member_id
c-qL4HqKONzOM7a1b2,1738084522671234
SecOps,9738084522671235
SecOps,fd-ZDNPiT1234
Billing,accounts-in:/Production/**
# the end
Billing,directory
`,
  },
  {
    path: 'm.csv',
    text: `kind,owner,member,ensure,account_name,note
contact,SecOps,1738084522671234,present,,"left, and came back"
contact,SecOps,account:shop,,,
aggregator,payments-pci,1738084522671234,present,Tony,"a ""quoted"" word"
aggregator,payments-pci,tag:env=prod,,,
aggregator,ca-dacf86d8314e00eb1234,1000048568874541,absent,,gone
`,
  },
  {
    path: 'm.csv',
    text: `sep=;
aggregator_id;account_id;note
"payments-pci";"1738084522671234";"of two
lines"
"payments-pci";"1000048568874541";""
`,
  },
  {
    path: 'm.yaml',
    text: `version: 1
directory: rd-3mNq8W
ownership: listed
contacts:
  - contact: SecOps # by name
    bind:
      - "1738084522671234"
      - 9738084522671235
      - fd-ZDNPiT1234
      - folder:/Production/Payments
      - account:shop
    unbind: ["1000048568874540", 'account:old']
  - contact: Billing
    bind: []
    allowEmpty: true
aggregators:
  - aggregator: payments-pci
    accounts:
      - id: "1738084522671234"
        name: Tony
      - { id: 1000048568874541, name: Ann }
      - accounts-in:/Production/**
      - tag:env=prod
    except: [account:sandbox-7]
    remove:
      - "1000048568874542"
protected: ["1711111111111111"]
`,
  },
  {
    path: 'm.json',
    text: `{
  "version": 1,
  "contacts": [
    { "contact": "SecOps", "bind": ["1738084522671234", "directory"] },
    { "contact": "Billing", "unbind": ["1000048568874541"] }
  ],
  "aggregators": [{ "aggregator": "payments-pci", "accounts": [{ "id": "1738084522671234" }, "all-accounts"] }]
}
`,
  },
];
