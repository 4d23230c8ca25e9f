import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** Classes instead of colours: styles/editor.css gives them theirs, in each theme. */
const style = HighlightStyle.define([
  { tag: tags.heading1, class: 'md-h1' },
  { tag: tags.heading2, class: 'md-h2' },
  { tag: tags.heading3, class: 'md-h3' },
  { tag: [tags.heading4, tags.heading5, tags.heading6], class: 'md-h4' },
  { tag: tags.strong, class: 'md-strong' },
  { tag: tags.emphasis, class: 'md-emphasis' },
  { tag: tags.strikethrough, class: 'md-strike' },
  { tag: tags.link, class: 'md-link' },
  { tag: tags.url, class: 'md-url' },
  { tag: tags.quote, class: 'md-quote' },
  { tag: tags.monospace, class: 'md-code' },
  { tag: tags.contentSeparator, class: 'md-mark' },
  { tag: tags.processingInstruction, class: 'md-mark' },
  { tag: tags.labelName, class: 'md-label' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], class: 'code-keyword' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], class: 'code-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'code-number' },
  { tag: tags.atom, class: 'md-task' },
  { tag: [tags.comment, tags.meta], class: 'code-comment' },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName], class: 'code-type' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.definition(tags.variableName),
      tags.propertyName,
      tags.attributeName,
    ],
    class: 'code-name',
  },
  { tag: tags.invalid, class: 'code-invalid' },
])

export const highlighting = syntaxHighlighting(style)
