/** How to read the numbers: the conventions, why each default is what it is, and where to switch it. */
import { Link } from '../parts/link.tsx'
import styles from '../parts/page.module.css'

const conventions = [
  {
    term: 'Parameters',
    text: 'Every trainable value that one copy of the model stores, tied matrices once. Rotary tables, masks and other buffers are not parameters.',
  },
  {
    term: 'Active parameters',
    text: 'The total without the routed experts that a token does not visit. Embedding and head are in it; two rows below show it without. Publishers use all three, so compare like with like.',
  },
  {
    term: 'FLOPs',
    text: 'Matrix products, convolutions and scans of a forward pass; a multiply-add is two. Norms, softmax, activations and rotations are counted beside, never mixed in. Looking up an embedding is no work.',
  },
  {
    term: 'Attention pairs',
    text: 'Causal counts what the mask leaves: n (n + 1) / 2 pairs for a prefill of n tokens, fewer with a window. Tools that read FLOPs off an implementation see the full square; switch to it to compare with them.',
  },
  {
    term: 'Prefill and decode',
    text: 'Prefill is a pass over the whole context at once. Decode is one more token, the one that sees the whole context, itself included. What an encoder does once per sequence belongs to the prefill.',
  },
  {
    term: 'Output head',
    text: 'A prefill needs logits for its last position alone; training and scoring need them all. With a large vocabulary the difference is seen.',
  },
  {
    term: 'Cache',
    text: 'What the architecture must hold to produce the next token. What runtimes hold beside that is shown by name. A window of W tokens stops growing at W, a state never grows.',
  },
  {
    term: 'Weights read',
    text: 'A decode step streams every weight it uses. Of routed experts that is the expected number of distinct ones, which grows with the batch: the memory traffic of a mixture of experts does not stay small.',
  },
  {
    term: 'GB and GiB',
    text: 'GB is 10⁹ bytes, GiB is 2³⁰. The unit stands beside every figure.',
  },
  {
    term: 'A dash',
    text: 'Not applicable, as decoding is to an encoder, or not known. It is never a zero.',
  },
] as const

export function ReadingPage() {
  return (
    <article className={styles['page']}>
      <h1>How to read the numbers</h1>
      <p>
        Counts below 2⁵³ are exact for the architecture as described: no rounding, no rule of thumb.
        Larger ones are sums of doubles, shown as the whole number that the double is. A model whose
        notes say that it is not verified, that keys were not understood or that towers are left out
        is counted as far as it was read. Where the field counts in several ways, one way is the
        default, its name stands beside the numbers, and it can be switched there.
      </p>
      <dl className={styles['terms']}>
        {conventions.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h2>Open a number</h2>
      <p>
        Click any number in the <Link href="?page=calculator">calculator</Link>. Its derivation
        shows the equation, the same with the values put in, and the inputs down to single settings,
        with the paper it comes from and the file it stands in.
      </p>
      <h2>Four digits, or all</h2>
      <p>
        Numbers are shown with four significant digits. The tooltip, the derivation and “All digits”
        above the table show every one. Copied tables and CSV files hold them as well.
      </p>
    </article>
  )
}
