/** Sample pages for the preview. */
export const FIELD_NOTES = `# Field notes

We walk the coast path from **Porthgwarra** to *Land's End* and write down what we see. Everybody adds to the
same page; nobody waits for anybody.

## What to bring

- Water, a hat, and the blue notebook
- Binoculars
  - the small ones are enough
- [Tide table](https://example.org/tides) for Saturday
- [x] Sandwiches
- [ ] Somebody's dog

> The sea does not reward those who are too anxious, too greedy, or too impatient.
> — Anne Morrow Lindbergh

### Counting birds

Every ten minutes, whoever is in front counts. The script below adds it up, \`counts.csv\` in, one line out:

\`\`\`python
import csv

def total(path: str) -> dict[str, int]:
    """Birds by kind."""
    birds: dict[str, int] = {}
    with open(path) as file:
        for kind, count in csv.reader(file):
            birds[kind] = birds.get(kind, 0) + int(count)  # gulls too
    return birds
\`\`\`

1. Start at the slipway at nine
2. Lunch at the cove
3. Back before the tide turns

---

| Bird     | Count |
| -------- | ----: |
| Fulmar   |    14 |
| Chough   |     2 |
`

export const CHINESE_NOTES = `# 海岸徒步笔记

我们从**港口**沿着小路走到*天涯海角*，把看到的一切写下来。每个人都写在同一页上，谁也不用等谁。

## 要带的东西

- 水、帽子和蓝色的笔记本
- 望远镜
- [潮汐表](https://example.org/tides)

> 海不会奖赏那些过于焦虑、过于贪心或过于急躁的人。

\`\`\`ts
const birds = new Map<string, number>() // 海鸥也算
\`\`\`
`
