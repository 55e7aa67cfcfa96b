"""The names that emoji have in other chats. Those that are missing here stay names."""

from __future__ import annotations

import re

_NAMES = """
👍 +1 thumbsup
👎 -1 thumbsdown
😀 grinning
😃 smiley
😄 smile
😁 grin
😆 laughing satisfied
😅 sweat_smile
😂 joy
🤣 rolling_on_the_floor_laughing rofl
🙂 slightly_smiling_face simple_smile
🙃 upside_down_face
😉 wink
😊 blush
😇 innocent
😍 heart_eyes
😘 kissing_heart
😋 yum
😛 stuck_out_tongue
😜 stuck_out_tongue_winking_eye
🤪 zany_face
🤗 hugging_face hugs
🤔 thinking_face thinking
🤐 zipper_mouth_face
😐 neutral_face
😑 expressionless
😏 smirk
😒 unamused
🙄 face_with_rolling_eyes roll_eyes
😬 grimacing
😌 relieved
😔 pensive
😴 sleeping
😷 mask
🤯 exploding_head
🥳 partying_face
😎 sunglasses
🤓 nerd_face
😕 confused
🙁 slightly_frowning_face
😮 open_mouth
😲 astonished
😳 flushed
🥺 pleading_face
😢 cry
😭 sob
😱 scream
😞 disappointed
😓 sweat
😩 weary
😫 tired_face
😤 triumph
😡 rage
😠 angry
💀 skull
💩 hankey poop shit
🤖 robot_face robot
👻 ghost
👏 clap
🙌 raised_hands
👋 wave
👌 ok_hand
✌️ v
🤞 crossed_fingers hand_with_index_and_middle_fingers_crossed
🤘 the_horns metal
🤙 call_me_hand
👈 point_left
👉 point_right
👆 point_up_2
👇 point_down
☝️ point_up
✋ hand raised_hand
✊ fist fist_raised
👊 facepunch punch fist_oncoming
🤝 handshake
🙏 pray
💪 muscle
🤦 face_palm facepalm
🤷 shrug
🙋 raising_hand
👀 eyes
🧠 brain
❤️ heart
🧡 orange_heart
💛 yellow_heart
💚 green_heart
💙 blue_heart
💜 purple_heart
🖤 black_heart
💔 broken_heart
💯 100
💥 boom collision
💫 dizzy
💤 zzz
🔥 fire
✨ sparkles
⭐ star
🌟 star2
⚡ zap
☀️ sunny
🌈 rainbow
❄️ snowflake
🎉 tada
🎊 confetti_ball
🎁 gift
🎂 birthday
🎈 balloon
🏆 trophy
🥇 first_place_medal 1st_place_medal
🎯 dart
🚀 rocket
🚢 ship
✈️ airplane
🚗 car
🚨 rotating_light
🚧 construction
⚠️ warning
⛔ no_entry
🚫 no_entry_sign
✅ white_check_mark
✔️ heavy_check_mark
☑️ ballot_box_with_check
❌ x
❎ negative_squared_cross_mark
❓ question
❗ exclamation heavy_exclamation_mark
➕ heavy_plus_sign
➖ heavy_minus_sign
🆗 ok
🆕 new
🔴 red_circle
🟢 large_green_circle green_circle
🟡 large_yellow_circle yellow_circle
🔵 large_blue_circle
⏳ hourglass_flowing_sand
⏰ alarm_clock
📅 date
📌 pushpin
📎 paperclip
📝 memo pencil
📈 chart_with_upwards_trend
📉 chart_with_downwards_trend
📣 mega
🔔 bell
🔒 lock
🔑 key
🔧 wrench
🐛 bug
🐱 cat
🐶 dog
🦄 unicorn_face unicorn
🐢 turtle
🌲 evergreen_tree
🌹 rose
🌻 sunflower
🍀 four_leaf_clover
🍎 apple
🍕 pizza
🍰 cake
🍪 cookie
☕ coffee
🍵 tea
🍺 beer
🍻 beers
🍷 wine_glass
🥂 clinking_glasses champagne_glass
💡 bulb
💻 computer
📱 iphone
💰 moneybag
🏠 house
"""

_EMOJI = {name: emoji for emoji, *names in map(str.split, _NAMES.strip().splitlines()) for name in names}
_TONES = {f"skin-tone-{number}": chr(0x1F3F9 + number) for number in range(2, 7)}
_WRITTEN = re.compile(r"(?<!\d):([a-z0-9_+-]+):(?::?(skin-tone-[2-6]):)?(?!\d)")


def emoji_of(name: str) -> str:
    """The emoji with a name, such as "+1" or "wave::skin-tone-3"; the name itself when it is not known."""
    base, _, tone = name.partition("::")
    emoji = _EMOJI.get(base)
    return name if emoji is None else emoji.removesuffix("\ufe0f") + _TONES[tone] if tone in _TONES else emoji


def with_emoji(text: str) -> str:
    """A text with emoji in the place of their names between colons."""

    def found(match: re.Match[str]) -> str:
        emoji = _EMOJI.get(match[1])
        return match[0] if emoji is None else emoji + _TONES.get(match[2] or "", "")

    return _WRITTEN.sub(found, text) if ":" in text else text


def is_known(name: str) -> bool:
    """Whether a name is that of an emoji which everybody has."""
    return name.partition("::")[0] in _EMOJI
